package io.narthex.promql;

/** The query is valid but cannot be evaluated on this data: {@code execution}. */
public final class QueryExecutionException extends PromqlException {
  public QueryExecutionException(String message) {
    super(message);
  }

  public QueryExecutionException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The query holds more samples than the engine's limit. */
  public static QueryExecutionException tooManySamples() {
    return new QueryExecutionException(
        "query processing would load too many samples into memory in query execution");
  }
}
