package io.narthex.promql;

import io.narthex.client.MetricRegistry;
import io.narthex.storage.Queryable;

/**
 * Evaluates PromQL. Safe for many threads: each call is one query, evaluated on the engine's own
 * threads while the caller waits.
 *
 * <p>All calls throw a {@link PromqlException} where there is no answer.
 */
public final class Engine implements AutoCloseable {
  private final EngineOptions options;
  private final EngineMetrics metrics;

  public Engine(EngineOptions options, MetricRegistry registry) {
    this.options = options;
    this.metrics = new EngineMetrics(registry, options.maxConcurrency());
  }

  /** Evaluates at one time, milliseconds since the epoch. */
  public QueryResult instant(
      Queryable storage, String query, long timeMillis, QueryOptions queryOptions) {
    throw new QueryExecutionException("BUG: not evaluated yet");
  }

  /** Evaluates at start, start + step … up to end; times and step are milliseconds. */
  public QueryResult range(
      Queryable storage,
      String query,
      long startMillis,
      long endMillis,
      long stepMillis,
      QueryOptions queryOptions) {
    throw new QueryExecutionException("BUG: not evaluated yet");
  }

  public EngineOptions options() {
    return options;
  }

  @Override
  public void close() {}
}
