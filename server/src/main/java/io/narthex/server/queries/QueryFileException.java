package io.narthex.server.queries;

/** A file about queries cannot be made or opened; the message says which and why. */
public final class QueryFileException extends RuntimeException {
  QueryFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
