package io.narthex.promql;

import io.narthex.client.MetricRegistry;
import io.narthex.promql.explain.Explanation;
import io.narthex.promql.explain.MetricTypes;
import io.narthex.promql.plan.QueryTimes;
import io.narthex.promql.syntax.Expr;
import io.narthex.promql.syntax.LargeStack;
import io.narthex.storage.Queryable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates PromQL. Safe for many threads: each call is one query, evaluated by the thread that
 * calls, for handing a query over takes longer than many a query. Callers are platform threads, so
 * that the system shares the cores among queries.
 *
 * <p>Idle helpers, as many as there are cores, join queries that are large. All calls throw a
 * {@link PromqlException} where there is no answer.
 */
public final class Engine implements AutoCloseable {
  /** A text as long may nest deep; shorter ones make do with any thread's stack. */
  private static final int LONG_TEXT = 1_000;

  private static final long STACK_BYTES = 256L << 20;

  private final EngineOptions options;
  private final EngineMetrics metrics;
  private final QuerySlots slots;

  private final ActiveQueries active;
  private final QueryLogging log;
  private final ExecutorService helpers;

  public Engine(EngineOptions options, MetricRegistry registry) {
    this(options, registry, ActiveQueries.NONE);
  }

  /**
   * @param active is told of each query when it begins to run and when it has ended
   */
  public Engine(EngineOptions options, MetricRegistry registry, ActiveQueries active) {
    this.options = options;
    this.active = active;
    this.log = new QueryLogging(registry);
    this.metrics = new EngineMetrics(registry, options.maxConcurrency());
    this.slots = new QuerySlots(options.maxConcurrency());
    this.helpers =
        Executors.newFixedThreadPool(
            Math.max(1, options.computeThreads() - 1), threads("promql-helper-"));
  }

  private static ThreadFactory threads(String prefix) {
    return Thread.ofPlatform().daemon().name(prefix, 0).factory();
  }

  /** Evaluates at one time, milliseconds since the epoch. */
  public QueryResult instant(
      Queryable storage, String query, long timeMillis, QueryOptions queryOptions) {
    QueryTimes times = new QueryTimes(timeMillis, timeMillis, 0);
    return run(storage, query, times, queryOptions, QueryRun::evaluate);
  }

  /** Evaluates at start, start + step … up to end; times and step are milliseconds. */
  public QueryResult range(
      Queryable storage,
      String query,
      long startMillis,
      long endMillis,
      long stepMillis,
      QueryOptions queryOptions) {
    if (stepMillis <= 0) {
      throw new QueryParseException("the step of a range query must be greater than zero");
    }
    QueryTimes times = new QueryTimes(startMillis, endMillis, stepMillis);
    return run(storage, query, times, queryOptions, QueryRun::evaluate);
  }

  /**
   * Tells how a query would be evaluated, or evaluates it and tells how it was.
   *
   * @param times of an instant or a range query
   * @param analyze whether to run it
   * @param types what is known of metrics
   */
  public Explanation explain(
      Queryable storage,
      String query,
      QueryTimes times,
      QueryOptions queryOptions,
      boolean analyze,
      MetricTypes types) {
    return run(
        storage,
        query,
        times,
        queryOptions,
        (run, expr, deadline) -> run.explain(expr, deadline, analyze, types));
  }

  /** What is done with a query that has been parsed and may run. */
  private interface Work<T> {
    T of(QueryRun run, Expr expr, long deadlineNanos);
  }

  private <T> T run(
      Queryable storage, String query, QueryTimes times, QueryOptions queryOptions, Work<T> work) {
    QueryRun run = new QueryRun(options, storage, query, times, queryOptions, helpers);
    metrics.queries.inc();
    RuntimeException failure = null;
    try {
      return inSlot(run, queryOptions, work);
    } catch (RuntimeException e) {
      run.watch().failed();
      failure = e;
      throw e;
    } finally {
      metrics.queries.dec();
      // What is no query is neither measured nor logged.
      if (!(failure instanceof QueryParseException || failure instanceof QueryNotBegunException)) {
        metrics.observe(run);
        log.log(run, failure);
      }
    }
  }

  /** Parsing takes a slot too: a hostile text takes its time. */
  private <T> T inSlot(QueryRun run, QueryOptions queryOptions, Work<T> work) {
    long asked = System.nanoTime();
    slots.take(queryOptions);
    long deadline = deadline(asked, queryOptions);
    int slot = active.begin(run.query());
    try {
      return run.query().length() > LONG_TEXT
          ? LargeStack.call(
              "promql-large-stack", STACK_BYTES, () -> work.of(run, run.parse(), deadline))
          : work.of(run, run.parse(), deadline);
    } catch (PromqlException e) {
      throw e;
    } catch (OutOfMemoryError e) {
      throw new QueryExecutionException(
          "the query needs more memory than there is; narrow it or give the server more", e);
    } catch (RuntimeException e) {
      throw new QueryExecutionException("unexpected error: " + e, e);
    } finally {
      active.end(slot);
      slots.giveBack();
    }
  }

  /** A query's own time begins when it is asked, the engine's when it runs. */
  private long deadline(long askedNanos, QueryOptions queryOptions) {
    long left = TimeUnit.MILLISECONDS.toNanos(options.timeoutMillis());
    long now = System.nanoTime();
    if (queryOptions.timeoutMillis() > 0) {
      long own = TimeUnit.MILLISECONDS.toNanos(queryOptions.timeoutMillis());
      left = Math.min(left, own - (now - askedNanos));
    }
    return now + left;
  }

  /** Logs queries from now on, or no longer; a log that was used before is closed. */
  public void queryLog(@Nullable QueryLog next) {
    log.use(next);
  }

  public EngineOptions options() {
    return options;
  }

  /** Stops the engine's threads and its log; running queries are left to finish. */
  @Override
  public void close() {
    log.use(null);
    helpers.shutdown();
  }
}
