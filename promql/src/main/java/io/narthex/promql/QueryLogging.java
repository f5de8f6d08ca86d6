package io.narthex.promql;

import io.narthex.client.Counter;
import io.narthex.client.Gauge;
import io.narthex.client.MetricRegistry;
import java.io.IOException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The query log in use. No query fails because it cannot be logged: that is counted and told. */
final class QueryLogging {
  private static final Logger LOG = LoggerFactory.getLogger(QueryLogging.class);

  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final Gauge enabled;
  private final Counter failures;
  private @Nullable QueryLog log;

  /** Whether the last write failed; a full disk is told once and not at each query. */
  private volatile boolean failing;

  QueryLogging(MetricRegistry registry) {
    enabled = registry.gauge("prometheus_engine_query_log_enabled", "State of the query log.");
    failures =
        registry.counter(
            "prometheus_engine_query_log_failures_total", "The number of query log failures.");
  }

  /** Uses another log from now on, or none, and closes the one before. */
  void use(@Nullable QueryLog next) {
    QueryLog before;
    lock.writeLock().lock();
    try {
      before = log;
      log = next;
      failing = false;
      enabled.set(next == null ? 0 : 1);
    } finally {
      lock.writeLock().unlock();
    }
    if (before != null) {
      try {
        before.close();
      } catch (IOException e) {
        LOG.atWarn().setCause(e).log("Error while closing the previous query log file");
      }
    }
  }

  void log(QueryRun run, @Nullable RuntimeException failure) {
    lock.readLock().lock();
    try {
      if (log != null) {
        log.write(run.logged(failure));
        failing = false;
      }
    } catch (IOException e) {
      failures.inc();
      if (!failing) {
        failing = true;
        LOG.atError().setCause(e).log("can't log query");
      }
    } finally {
      lock.readLock().unlock();
    }
  }
}
