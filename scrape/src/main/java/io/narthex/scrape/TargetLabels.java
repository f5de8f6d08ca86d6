package io.narthex.scrape;

import io.narthex.config.ScrapeConfig;
import io.narthex.config.relabel.Relabeler;
import io.narthex.model.labels.GoQuote;
import io.narthex.model.labels.LabelName;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.LabelsBuilder;
import io.narthex.model.time.PromDuration;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The labels of targets: what discovery and configuration give, and what relabeling makes of it.
 */
final class TargetLabels {
  private static final String CONVERT_CLASSIC = "__convert_classic_histograms_to_nhcb__";
  private static final String ALWAYS_CLASSIC = "__always_scrape_classic_histograms__";
  private static final String SCRAPE_NATIVE = "__scrape_native_histograms__";

  /** What Go takes for a boolean. */
  private static final Set<String> BOOLEANS =
      Set.of("1", "t", "T", "TRUE", "true", "True", "0", "f", "F", "FALSE", "false", "False");

  private TargetLabels() {}

  /** Sets the builder to the labels before relabeling; the target's own win over all others. */
  static void discovered(
      LabelsBuilder builder, ScrapeConfig config, Labels targetLabels, Labels groupLabels) {
    builder.reset(groupLabels);
    targetLabels.forEach(builder::set);
    setDefault(builder, Labels.JOB, config.jobName());
    setDefault(builder, Target.SCRAPE_INTERVAL, text(config.scrapeInterval()));
    setDefault(builder, Target.SCRAPE_TIMEOUT, text(config.scrapeTimeout()));
    setDefault(builder, Target.METRICS_PATH, config.metricsPath());
    setDefault(builder, Target.SCHEME, config.scheme());
    setDefault(
        builder, CONVERT_CLASSIC, Boolean.toString(config.histograms().convertClassicToNhcb()));
    setDefault(
        builder, ALWAYS_CLASSIC, Boolean.toString(config.histograms().alwaysScrapeClassic()));
    setDefault(builder, SCRAPE_NATIVE, Boolean.toString(config.histograms().scrapeNative()));
    for (Map.Entry<String, List<String>> param : config.params().entrySet()) {
      if (!param.getValue().isEmpty()) {
        setDefault(builder, Target.PARAM_PREFIX + param.getKey(), param.getValue().getFirst());
      }
    }
  }

  private static void setDefault(LabelsBuilder builder, String name, String value) {
    if (!builder.has(name)) {
      builder.set(name, value);
    }
  }

  private static String text(Duration duration) {
    return PromDuration.format(duration.toMillis());
  }

  /**
   * The final labels of a target: relabeled, checked, without meta labels, with {@code instance}.
   *
   * @return empty where relabeling drops the target
   * @throws IllegalArgumentException where there is no usable target in it, in Prometheus' words
   */
  static Optional<Labels> populate(
      ScrapeConfig config, Relabeler relabeler, Labels targetLabels, Labels groupLabels) {
    LabelsBuilder builder = new LabelsBuilder();
    discovered(builder, config, targetLabels, groupLabels);
    if (!relabeler.apply(builder)) {
      return Optional.empty();
    }
    String address = builder.get(Target.ADDRESS);
    if (address.isEmpty()) {
      throw new IllegalArgumentException("no address");
    }
    if (address.indexOf('/') >= 0) {
      throw new IllegalArgumentException(GoQuote.quote(address) + " is not a valid hostname");
    }
    checkTiming(builder);
    checkBoolean(builder, CONVERT_CLASSIC, "convert classic histograms to nhcb");
    checkBoolean(builder, ALWAYS_CLASSIC, "always scrape classic histograms");
    checkBoolean(builder, SCRAPE_NATIVE, "scrape native histograms");
    if (!builder.has(Labels.INSTANCE)) {
      builder.set(Labels.INSTANCE, address);
    }
    Labels labels = builder.labels().filter(name -> !name.startsWith(Target.META_PREFIX));
    for (int i = 0; i < labels.size(); i++) {
      if (!LabelName.isValidUtf8(labels.value(i))) {
        throw new IllegalArgumentException(
            "invalid label value for "
                + GoQuote.quote(labels.name(i))
                + ": "
                + GoQuote.quote(labels.value(i)));
      }
    }
    return Optional.of(labels);
  }

  private static void checkTiming(LabelsBuilder builder) {
    String interval = builder.get(Target.SCRAPE_INTERVAL);
    long intervalMillis = positive("scrape interval", interval);
    String timeout = builder.get(Target.SCRAPE_TIMEOUT);
    long timeoutMillis = positive("scrape timeout", timeout);
    if (timeoutMillis > intervalMillis) {
      throw new IllegalArgumentException(
          "scrape timeout cannot be greater than scrape interval ("
              + GoQuote.quote(timeout)
              + " > "
              + GoQuote.quote(interval)
              + ")");
    }
  }

  private static long positive(String what, String text) {
    long millis;
    try {
      millis = PromDuration.parseMillis(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("error parsing " + what + ": " + e.getMessage(), e);
    }
    if (millis == 0) {
      throw new IllegalArgumentException(what + " cannot be 0");
    }
    return millis;
  }

  private static void checkBoolean(LabelsBuilder builder, String label, String what) {
    String text = builder.get(label);
    if (!text.isEmpty() && !BOOLEANS.contains(text)) {
      throw new IllegalArgumentException(
          "error parsing "
              + what
              + ": strconv.ParseBool: parsing "
              + GoQuote.quote(text)
              + ": invalid syntax");
    }
  }

  /** How often and how long a target is scraped. The problem is empty where the labels are good. */
  record Timing(Duration interval, Duration timeout, String problem) {}

  static Timing timing(Target target, ScrapeConfig config) {
    String label = Target.SCRAPE_INTERVAL;
    String what = "interval";
    try {
      Duration interval = duration(target.value(label));
      label = Target.SCRAPE_TIMEOUT;
      what = "timeout";
      return new Timing(interval, duration(target.value(label)), "");
    } catch (IllegalArgumentException e) {
      return new Timing(
          config.scrapeInterval(),
          config.scrapeTimeout(),
          "error parsing "
              + what
              + " label "
              + GoQuote.quote(target.value(label))
              + ": "
              + e.getMessage());
    }
  }

  static Duration duration(String text) {
    return Duration.ofMillis(PromDuration.parseMillis(text));
  }

  /** As Go prints durations, which labels of self-metrics show: {@code 1m30s}, {@code 1.5s}. */
  static String goDuration(Duration duration) {
    long millis = duration.toMillis();
    if (millis < 1000) {
      return millis == 0 ? "0s" : millis + "ms";
    }
    StringBuilder out = new StringBuilder();
    long hours = millis / 3_600_000;
    long minutes = millis / 60_000 % 60;
    if (hours > 0) {
      out.append(hours).append('h');
    }
    if (hours > 0 || minutes > 0) {
      out.append(minutes).append('m');
    }
    return out.append(BigDecimal.valueOf(millis % 60_000, 3).stripTrailingZeros().toPlainString())
        .append('s')
        .toString();
  }
}
