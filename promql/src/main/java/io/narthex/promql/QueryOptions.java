package io.narthex.promql;

/**
 * What one query asks for beyond its text.
 *
 * @param timeoutMillis limit of this query; 0 for the engine's, which is also the most allowed
 * @param lookbackDeltaMillis lookback delta of this query; 0 for the engine's
 * @param perStepStats whether to count samples per step, where the engine allows it
 * @param cancellation ends the query from outside
 * @param origin who asks, for the query log
 */
public record QueryOptions(
    long timeoutMillis,
    long lookbackDeltaMillis,
    boolean perStepStats,
    Cancellation cancellation,
    QueryOrigin origin) {

  /** The engine's settings, not to be canceled. */
  public static QueryOptions defaults() {
    return new QueryOptions(0, 0, false, new Cancellation(), QueryOrigin.UNKNOWN);
  }

  public QueryOptions withTimeoutMillis(long millis) {
    return new QueryOptions(millis, lookbackDeltaMillis, perStepStats, cancellation, origin);
  }

  public QueryOptions withLookbackDeltaMillis(long millis) {
    return new QueryOptions(timeoutMillis, millis, perStepStats, cancellation, origin);
  }

  public QueryOptions withPerStepStats(boolean wanted) {
    return new QueryOptions(timeoutMillis, lookbackDeltaMillis, wanted, cancellation, origin);
  }

  public QueryOptions withCancellation(Cancellation token) {
    return new QueryOptions(timeoutMillis, lookbackDeltaMillis, perStepStats, token, origin);
  }

  public QueryOptions withOrigin(QueryOrigin from) {
    return new QueryOptions(timeoutMillis, lookbackDeltaMillis, perStepStats, cancellation, from);
  }
}
