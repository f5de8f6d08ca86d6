package io.narthex.promql;

/** The query ran out of time: {@code timeout}. */
public final class QueryTimeoutException extends PromqlException {
  public QueryTimeoutException(String stage) {
    super("query timed out in " + stage);
  }
}
