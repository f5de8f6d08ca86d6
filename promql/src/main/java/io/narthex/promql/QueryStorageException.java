package io.narthex.promql;

/** Samples could not be read: {@code internal}. */
public final class QueryStorageException extends PromqlException {
  public QueryStorageException(String message, Throwable cause) {
    super(message, cause);
  }
}
