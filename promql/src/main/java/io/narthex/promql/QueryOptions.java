package io.narthex.promql;

/**
 * What one query asks for beyond its text.
 *
 * @param timeoutMillis limit of this query; 0 for the engine's, which is also the most allowed
 * @param lookbackDeltaMillis lookback delta of this query; 0 for the engine's
 * @param perStepStats whether to count samples per step, where the engine allows it
 * @param cancellation ends the query from outside
 */
public record QueryOptions(
    long timeoutMillis, long lookbackDeltaMillis, boolean perStepStats, Cancellation cancellation) {

  /** The engine's settings, not to be canceled. */
  public static QueryOptions defaults() {
    return new QueryOptions(0, 0, false, new Cancellation());
  }

  public QueryOptions withTimeoutMillis(long millis) {
    return new QueryOptions(millis, lookbackDeltaMillis, perStepStats, cancellation);
  }

  public QueryOptions withLookbackDeltaMillis(long millis) {
    return new QueryOptions(timeoutMillis, millis, perStepStats, cancellation);
  }

  public QueryOptions withPerStepStats(boolean wanted) {
    return new QueryOptions(timeoutMillis, lookbackDeltaMillis, wanted, cancellation);
  }

  public QueryOptions withCancellation(Cancellation token) {
    return new QueryOptions(timeoutMillis, lookbackDeltaMillis, perStepStats, token);
  }
}
