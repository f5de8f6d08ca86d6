package io.narthex.discovery;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks for all targets at once and again after each interval; failures keep the last answer. */
final class RefreshDiscoverer implements Discoverer {
  private static final Logger LOG = LoggerFactory.getLogger(RefreshDiscoverer.class);

  /** One way to ask. */
  interface Source {
    /** All groups, and empty ones for those that are gone. */
    List<TargetGroup> refresh() throws IOException, InterruptedException;
  }

  private final String mechanism;
  private final String job;
  private final Duration interval;
  private final Source source;
  private final DiscoveryMetrics metrics;

  RefreshDiscoverer(
      String mechanism, String job, Duration interval, Source source, DiscoveryMetrics metrics) {
    this.mechanism = mechanism;
    this.job = job;
    this.interval = interval;
    this.source = source;
    this.metrics = metrics;
    metrics.refreshFailures.labels(mechanism, job);
    metrics.refreshDuration.labels(mechanism, job);
    metrics.refreshDurationHistogram.labels(mechanism);
  }

  @Override
  public void run(Consumer<List<TargetGroup>> report) throws InterruptedException {
    try {
      while (true) {
        long start = System.nanoTime();
        refresh(report);
        long left = interval.toNanos() - (System.nanoTime() - start);
        Thread.sleep(Duration.ofNanos(Math.max(left, 0)));
      }
    } finally {
      metrics.refreshFailures.remove(mechanism, job);
      metrics.refreshDuration.remove(mechanism, job);
    }
  }

  private void refresh(Consumer<List<TargetGroup>> report) throws InterruptedException {
    long start = System.nanoTime();
    try {
      report.accept(source.refresh());
    } catch (IOException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedException();
      }
      metrics.refreshFailures.labels(mechanism, job).inc();
      LOG.error(
          "Unable to refresh target groups discovery={} config={} err={}",
          mechanism,
          job,
          e.getMessage());
    } finally {
      metrics.refreshDuration.labels(mechanism, job).observeSince(start);
      metrics.refreshDurationHistogram.labels(mechanism).observeSince(start);
    }
  }
}
