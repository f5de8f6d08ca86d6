package io.narthex.promql;

/**
 * A query that has no answer. The message is Prometheus' own; the subtype is the HTTP API's error
 * type.
 */
public abstract sealed class PromqlException extends RuntimeException
    permits QueryParseException,
        QueryNotBegunException,
        QueryExecutionException,
        QueryTimeoutException,
        QueryCanceledException,
        QueryStorageException {
  PromqlException(String message) {
    super(message);
  }

  PromqlException(String message, Throwable cause) {
    super(message, cause);
  }
}
