package io.narthex.storage;

/**
 * Storage is broken or cannot be reached: the message says what, where and, if there is something,
 * what to do.
 */
public class StorageException extends RuntimeException {
  public StorageException(String message) {
    super(message);
  }

  public StorageException(String message, Throwable cause) {
    super(message, cause);
  }
}
