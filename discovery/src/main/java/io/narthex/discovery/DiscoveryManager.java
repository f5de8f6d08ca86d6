package io.narthex.discovery;

import io.narthex.client.MetricRegistry;
import io.narthex.config.DiscoveryConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Runs the discoverers of a configuration and hands the targets of all jobs to one subscriber.
 *
 * <p>Discoverers with equal settings run once, whatever the number of jobs that use them, and go on
 * through a reload that keeps them. Updates are throttled: the first comes at once, later ones at
 * most every {@link #DEFAULT_UPDATE_INTERVAL}.
 */
public final class DiscoveryManager implements AutoCloseable {
  public static final Duration DEFAULT_UPDATE_INTERVAL = Duration.ofSeconds(5);

  /**
   * @param name tells managers apart in metrics: {@code scrape} or {@code notify}
   * @param subscriber gets, one call at a time, the groups of each job; jobs without targets have
   *     an empty list
   */
  public DiscoveryManager(
      String name,
      MetricRegistry registry,
      Duration updateInterval,
      Consumer<Map<String, List<TargetGroup>>> subscriber) {}

  /** Starts, keeps and stops discoverers so that exactly those of the jobs given run. */
  public void apply(Map<String, List<DiscoveryConfig>> byJob) {}

  /** Stops all discoverers and waits for the subscriber's last call. */
  @Override
  public void close() {}
}
