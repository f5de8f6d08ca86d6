package io.narthex.scrape;

import io.narthex.config.ScrapeConfig;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.LabelsBuilder;
import io.narthex.model.time.PromDuration;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The labels of targets: what discovery and configuration give, and what relabeling makes of it.
 */
final class TargetLabels {
  private static final String CONVERT_CLASSIC = "__convert_classic_histograms_to_nhcb__";
  private static final String ALWAYS_CLASSIC = "__always_scrape_classic_histograms__";
  private static final String SCRAPE_NATIVE = "__scrape_native_histograms__";

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

  static Duration duration(String text) {
    return Duration.ofMillis(PromDuration.parseMillis(text));
  }
}
