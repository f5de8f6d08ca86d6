package io.narthex.scrape;

import io.narthex.client.MetricRegistry;
import io.narthex.config.Config;
import io.narthex.config.ConfigException;
import io.narthex.config.ConfigLoader;
import io.narthex.config.DiscoveryConfig;
import io.narthex.config.LoadOptions;
import io.narthex.config.ScrapeConfig;
import io.narthex.discovery.TargetGroup;
import io.narthex.http.client.TransportRuntime;
import io.narthex.model.labels.Labels;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** A manager over a recording storage, fed with the static targets of a configuration. */
final class ScrapeHarness implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  final RecordingStorage storage = new RecordingStorage();
  final MetricRegistry registry = new MetricRegistry();
  private final TransportRuntime runtime = new TransportRuntime();
  final ScrapeManager manager;

  ScrapeHarness() {
    this(false);
  }

  ScrapeHarness(boolean appendMetadata) {
    this(appendMetadata, false);
  }

  ScrapeHarness(boolean appendMetadata, boolean startTimestamps) {
    manager =
        new ScrapeManager(
            new ScrapeOptions(
                Duration.ofMillis(20),
                Duration.ofMillis(2),
                appendMetadata,
                startTimestamps,
                "Prometheus/3.14.0"),
            storage,
            runtime,
            registry);
  }

  /** One job named "job" over these targets, with further settings of the job. */
  static Config config(String settings, TestTarget... targets) {
    StringBuilder addresses = new StringBuilder();
    for (TestTarget target : targets) {
      addresses.append(addresses.isEmpty() ? "" : ", ").append('"').append(target.address());
      addresses.append('"');
    }
    String yaml =
        """
        global:
          scrape_interval: 200ms
          scrape_timeout: 150ms
        scrape_configs:
          - job_name: job
            static_configs:
              - targets: [%s]
        """
            .formatted(addresses);
    StringBuilder indented = new StringBuilder(yaml);
    settings.lines().forEach(line -> indented.append("    ").append(line).append('\n'));
    return load(indented.toString());
  }

  static Config load(String yaml) {
    try {
      return ConfigLoader.parse(yaml, Path.of("test.yml"), LoadOptions.server());
    } catch (ConfigException e) {
      throw new AssertionError(e);
    }
  }

  void apply(Config config) {
    manager.applyConfig(config);
    Map<String, List<TargetGroup>> groups = new HashMap<>();
    for (ScrapeConfig job : config.scrapeConfigs()) {
      groups.put(job.jobName(), groups(job));
    }
    manager.targetGroups(groups);
  }

  private static List<TargetGroup> groups(ScrapeConfig job) {
    List<TargetGroup> out = new ArrayList<>();
    for (DiscoveryConfig discovery : job.discovery()) {
      if (discovery instanceof DiscoveryConfig.Static fixed) {
        for (DiscoveryConfig.Group group : fixed.groups()) {
          out.add(
              new TargetGroup(
                  Integer.toString(out.size()),
                  group.targets().stream().map(a -> Labels.of("__address__", a)).toList(),
                  group.labels()));
        }
      }
    }
    return out;
  }

  /** Waits for a condition that scraping brings about. */
  static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("did not happen within " + PATIENCE);
      }
      try {
        Thread.sleep(10);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }
  }

  /** Waits until so many scrapes of all targets are stored. */
  void awaitScrapes(int count) {
    await(() -> storage.of("up").size() >= count);
  }

  Target onlyTarget() {
    await(() -> manager.targets().active().getOrDefault("job", List.of()).size() == 1);
    return manager.targets().active().get("job").getFirst();
  }

  @Override
  public void close() {
    manager.close();
    runtime.close();
  }
}
