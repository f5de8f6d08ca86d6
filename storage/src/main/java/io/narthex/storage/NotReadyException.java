package io.narthex.storage;

/** The storage is still replaying its log; try again soon. */
public final class NotReadyException extends StorageException {
  public NotReadyException() {
    super("TSDB not ready");
  }
}
