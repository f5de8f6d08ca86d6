package io.narthex.tsdb.encoding;

import io.narthex.storage.StorageException;

/** Bytes do not follow their format. Who knows the file adds it, as {@link CorruptionException}. */
public class DecodeException extends StorageException {
  public DecodeException(String message) {
    super(message);
  }

  public DecodeException(String message, Throwable cause) {
    super(message, cause);
  }
}
