package io.narthex.promql;

/** The query was ended from outside: {@code canceled}. */
public final class QueryCanceledException extends PromqlException {
  public QueryCanceledException(String stage) {
    super("query was canceled in " + stage);
  }
}
