package io.narthex.promql;

/** The query's own time was over while it waited for others to end: {@code bad_data}. */
public final class QueryNotBegunException extends PromqlException {
  QueryNotBegunException() {
    super("context deadline exceeded");
  }
}
