package io.narthex.config;

import io.narthex.config.yaml.Section;
import io.narthex.config.yaml.Values;
import io.narthex.config.yaml.YamlType.ListOf;
import io.narthex.config.yaml.YamlType.Scalar;
import io.narthex.model.labels.GoQuote;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys of {@code global} and of a job. */
final class ScrapeSections {
  static final Section GLOBAL =
      Section.named("config.plain")
          .duration("scrape_interval")
          .duration("scrape_timeout")
          .texts("scrape_protocols")
          .duration("evaluation_interval")
          .duration("rule_query_offset")
          .text("query_log_file")
          .text("scrape_failure_log_file")
          .map("external_labels", Scalar.TEXT)
          .inlineKeys(limits())
          .inlineKeys(names())
          .optionalBool("scrape_native_histograms")
          .bool("convert_classic_histograms_to_nhcb")
          .bool("always_scrape_classic_histograms")
          .optionalBool("extra_scrape_metrics");

  static final Section JOB =
      Mechanisms.addAll(
          Section.named("config.ScrapeConfig")
              .text("job_name")
              .shown()
              .bool("honor_labels")
              .bool("honor_timestamps")
              .initially(true)
              .shown()
              .bool("track_timestamps_staleness")
              .shown()
              .map("params", new ListOf(Scalar.TEXT, false))
              .duration("scrape_interval")
              .duration("scrape_timeout")
              .texts("scrape_protocols")
              .text("fallback_scrape_protocol")
              .optionalBool("scrape_native_histograms")
              .optionalBool("always_scrape_classic_histograms")
              .optionalBool("convert_classic_histograms_to_nhcb")
              .text("scrape_failure_log_file")
              .text("metrics_path")
              .initially("/metrics")
              .text("scheme")
              .initially("http")
              .bool("enable_compression")
              .initially(true)
              .shown()
              .size("body_size_limit")
              .count("sample_limit")
              .count("target_limit")
              .count("label_limit")
              .count("label_name_length_limit")
              .count("label_value_length_limit")
              .count("native_histogram_bucket_limit")
              .number("native_histogram_min_bucket_factor")
              .count("keep_dropped_targets")
              .inlineKeys(names())
              .optionalBool("extra_scrape_metrics")
              .inlineKeys(HttpSections.KEYS)
              .sections("relabel_configs", RelabelSection.RULE)
              .sections("metric_relabel_configs", RelabelSection.RULE)
              .check(ScrapeSections::checkJob)
              .check(HttpSections::check));

  /** The form of files that {@code scrape_config_files} names. */
  static final Section JOBS_FILE =
      Section.named("config.ScrapeConfigs").sections("scrape_configs", JOB);

  private ScrapeSections() {}

  private static Section limits() {
    return Section.named("")
        .size("body_size_limit")
        .count("sample_limit")
        .count("target_limit")
        .count("label_limit")
        .count("label_name_length_limit")
        .count("label_value_length_limit")
        .count("keep_dropped_targets");
  }

  private static Section names() {
    return Section.named("")
        .choice(
            "metric_name_validation_scheme",
            "string",
            "unrecognized ValidationScheme: %q",
            "utf8",
            "legacy",
            "")
        .text("metric_name_escaping_scheme");
  }

  private static void checkJob(Values job) {
    if (job.text("job_name").isEmpty()) {
      job.refuse("job_name", "job_name is empty");
    }
    if (job.sections("relabel_configs").isEmpty()) {
      checkStaticTargets(job);
    }
    RelabelSection.refuseEmpty(
        job, "relabel_configs", "empty or null target relabeling rule in scrape config");
    RelabelSection.refuseEmpty(
        job, "metric_relabel_configs", "empty or null metric relabeling rule in scrape config");
  }

  /** Users write URLs where addresses belong; without relabeling nothing can make sense of them. */
  static void checkStaticTargets(Values values) {
    for (Values group : values.sections(Mechanism.STATIC_KEY)) {
      checkAddresses(group);
    }
  }

  private static void checkAddresses(@Nullable Values group) {
    if (group == null) {
      return;
    }
    List<String> targets = group.texts("targets");
    for (int i = 0; i < targets.size(); i++) {
      if (targets.get(i).contains("/")) {
        group.refuseEntry("targets", i, GoQuote.quote(targets.get(i)) + " is not a valid hostname");
      }
    }
  }
}
