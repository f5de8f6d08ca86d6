package io.narthex.scrape;

import io.narthex.client.MetricRegistry;
import io.narthex.config.Config;
import io.narthex.discovery.TargetGroup;
import io.narthex.http.client.TransportRuntime;
import io.narthex.storage.Appendable;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Scrapes all jobs of a configuration into a storage. Construct, {@link #applyConfig}, feed it with
 * {@link #targetGroups} whenever discovery has news, {@link #close} before the storage.
 */
public final class ScrapeManager implements AutoCloseable {
  private final ScrapeOptions options;
  private final Appendable storage;
  private final TransportRuntime runtime;
  private final MetricRegistry metrics;

  public ScrapeManager(
      ScrapeOptions options, Appendable storage, TransportRuntime runtime, MetricRegistry metrics) {
    this.options = Objects.requireNonNull(options);
    this.storage = Objects.requireNonNull(storage);
    this.runtime = Objects.requireNonNull(runtime);
    this.metrics = Objects.requireNonNull(metrics);
  }

  /**
   * Takes over a configuration: jobs that vanished stop, jobs that changed restart their loops,
   * others go on undisturbed. New jobs start with their first targets.
   *
   * @throws ScrapeException where a job cannot be set up, such as for an unreadable certificate;
   *     all other jobs have been taken over then
   */
  public void applyConfig(Config config) {
    throw new ScrapeException(config + " " + options + storage + runtime + metrics);
  }

  /**
   * Takes all target groups of all jobs, by job name. Cheap: the work is done in the background, at
   * most once per {@link ScrapeOptions#discoveryReloadInterval}.
   */
  public void targetGroups(Map<String, List<TargetGroup>> groupsByJob) {
    throw new ScrapeException(groupsByJob.toString());
  }

  /** What is being scraped. */
  public TargetsView targets() {
    throw new ScrapeException("none");
  }

  /** Stops all loops and waits for running scrapes; writes no staleness markers. */
  @Override
  public void close() {}
}
