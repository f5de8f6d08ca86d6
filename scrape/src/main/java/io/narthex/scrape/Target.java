package io.narthex.scrape;

import io.narthex.config.ScrapeConfig;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.LabelsBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One HTTP endpoint to scrape, and how its last scrape went. Safe for any number of threads.
 *
 * <p>Labels after relabeling, those that begin with two underscores included, decide where and how
 * to scrape; the others are attached to every sample.
 */
public final class Target {
  static final String ADDRESS = "__address__";
  static final String SCHEME = "__scheme__";
  static final String METRICS_PATH = "__metrics_path__";
  static final String PARAM_PREFIX = "__param_";
  static final String META_PREFIX = "__meta_";
  static final String SCRAPE_INTERVAL = "__scrape_interval__";
  static final String SCRAPE_TIMEOUT = "__scrape_timeout__";
  static final String UNIX_SOCKET = "__unix_socket__";

  private final Labels allLabels;
  private final Labels labels;
  private final long hash;
  private volatile Origin origin;
  private volatile Report report = new Report(TargetHealth.UNKNOWN, "", Instant.MIN, Duration.ZERO);
  private volatile FamilyMetadataSource metadata = FamilyMetadataSource.NONE;

  /** What the target was made from; exchanged where the configuration or the group changes. */
  private record Origin(ScrapeConfig config, Labels targetLabels, Labels groupLabels, String url) {}

  private record Report(TargetHealth health, String error, Instant start, Duration duration) {}

  Target(Labels allLabels, ScrapeConfig config, Labels targetLabels, Labels groupLabels) {
    this.allLabels = allLabels;
    this.labels = allLabels.filter(name -> !name.startsWith("__"));
    this.origin =
        new Origin(config, targetLabels, groupLabels, TargetUrl.of(allLabels, config.params()));
    this.hash = hash(allLabels, origin.url);
  }

  /** The labels that every sample of the target gets. */
  public Labels labels() {
    return labels;
  }

  /** The labels before relabeling. */
  public Labels discoveredLabels() {
    Origin o = origin;
    LabelsBuilder builder = new LabelsBuilder();
    TargetLabels.discovered(builder, o.config, o.targetLabels, o.groupLabels);
    return builder.labels();
  }

  /** A label after relabeling, such as {@code __scrape_interval__}; empty where absent. */
  public String value(String name) {
    return allLabels.get(name);
  }

  /** What is scraped, with all parameters. */
  public String url() {
    return origin.url;
  }

  public TargetHealth health() {
    return report.health;
  }

  /** Why the last scrape failed; empty where it did not. */
  public String lastError() {
    return report.error;
  }

  /** When the last scrape began; {@link Instant#MIN} where there was none. */
  public Instant lastScrape() {
    return report.start;
  }

  public Duration lastScrapeDuration() {
    return report.duration;
  }

  /** What the target says of its metric families, in no particular order. */
  public List<FamilyMetadata> metadata() {
    return metadata.families();
  }

  /** What the target says of one family. */
  public Optional<FamilyMetadata> metadata(String family) {
    return metadata.family(family);
  }

  /** How often this target is scraped. */
  public Duration interval() {
    return duration(SCRAPE_INTERVAL);
  }

  public Duration timeout() {
    return duration(SCRAPE_TIMEOUT);
  }

  private Duration duration(String label) {
    return TargetLabels.duration(allLabels.get(label));
  }

  /** Identifies the target: equal labels and URL, equal hash. */
  long hash() {
    return hash;
  }

  Labels allLabels() {
    return allLabels;
  }

  void report(TargetHealth health, String error, Instant start, Duration duration) {
    report = new Report(health, error, start, duration);
  }

  void metadataSource(FamilyMetadataSource source) {
    metadata = source;
  }

  /** Takes over what the same target was made from this time. */
  void origin(Target that) {
    origin = that.origin;
  }

  private static long hash(Labels labels, String url) {
    long h = 0xcbf29ce484222325L;
    for (int i = 0; i < labels.size(); i++) {
      h = fnv(fnv(h, labels.name(i)), labels.value(i));
    }
    return fnv(h, url);
  }

  /** FNV-1a over UTF-16 units, with a separator so that "ab","c" and "a","bc" differ. */
  private static long fnv(long seed, String text) {
    long h = seed;
    for (int i = 0; i < text.length(); i++) {
      h = (h ^ text.charAt(i)) * 0x100000001b3L;
    }
    return (h ^ 0x1ffff) * 0x100000001b3L;
  }

  @Override
  public String toString() {
    return url();
  }
}
