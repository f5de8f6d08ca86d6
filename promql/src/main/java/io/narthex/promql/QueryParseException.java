package io.narthex.promql;

/** The text is no valid query: {@code bad_data}. */
public final class QueryParseException extends PromqlException {
  public QueryParseException(String message) {
    super(message);
  }

  public QueryParseException(String message, Throwable cause) {
    super(message, cause);
  }
}
