package io.narthex.scrape;

import io.narthex.config.Config;
import io.narthex.config.ScrapeConfig;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.LabelsBuilder;
import io.narthex.model.metadata.MetricMetadata;
import io.narthex.model.metadata.MetricType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Targets that were never scraped but say what a test wants. */
public final class TestTargets implements TargetsView {
  private final Config config;
  private final SortedMap<String, List<Target>> active = new TreeMap<>();
  private final SortedMap<String, List<Target>> dropped = new TreeMap<>();

  public TestTargets(Config config) {
    this.config = config;
    ScrapeConfig job = config.scrapeConfigs().getFirst();
    Labels discovered = Labels.of("__address__", "localhost:1234", "env", "<test>");
    LabelsBuilder all = new LabelsBuilder();
    TargetLabels.discovered(all, job, discovered, Labels.EMPTY);
    all.set("instance", "localhost:1234");
    Target target = new Target(all.labels(), job, discovered, Labels.EMPTY);
    target.report(
        TargetHealth.DOWN,
        "Get \"http://localhost:1234/metrics\": connection refused",
        Instant.parse("2026-01-02T03:04:05.678Z"),
        Duration.ofMillis(1500));
    target.metadataSource(new Families());
    active.put(job.jobName(), List.of(target));
    dropped.put(
        job.jobName(),
        List.of(
            new Target(Labels.EMPTY, job, Labels.of("__address__", "localhost:1"), Labels.EMPTY)));
  }

  private static final class Families implements FamilyMetadataSource {
    private final List<FamilyMetadata> families =
        List.of(
            new FamilyMetadata("up_total", new MetricMetadata(MetricType.COUNTER, "", "Ups.")),
            new FamilyMetadata(
                "lag_seconds", new MetricMetadata(MetricType.GAUGE, "seconds", "Lag & more.")));

    @Override
    public List<FamilyMetadata> families() {
      return families;
    }

    @Override
    public Optional<FamilyMetadata> family(String name) {
      return families.stream().filter(family -> family.family().equals(name)).findFirst();
    }
  }

  @Override
  public List<String> pools() {
    return List.copyOf(active.keySet());
  }

  @Override
  public SortedMap<String, List<Target>> active() {
    return active;
  }

  @Override
  public SortedMap<String, List<Target>> dropped() {
    return dropped;
  }

  @Override
  public SortedMap<String, Integer> droppedCounts() {
    SortedMap<String, Integer> counts = new TreeMap<>();
    dropped.forEach((pool, targets) -> counts.put(pool, 7));
    return counts;
  }

  @Override
  public Optional<ScrapeConfig> config(String pool) {
    return config.scrapeConfigs().stream().filter(job -> job.jobName().equals(pool)).findFirst();
  }
}
