package io.narthex.config;

import io.narthex.config.AlertingConfig.Alertmanager;
import io.narthex.config.yaml.Values;
import io.narthex.model.labels.Labels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes the records from values that have been filled, checked and resolved. */
final class ConfigReader {
  private ConfigReader() {}

  static Config read(Values config, List<ScrapeConfig> jobs, String yaml, List<String> warnings) {
    return new Config(
        global(config.section("global")),
        new RuntimeConfig(config.section("runtime").integer("gogc")),
        alerting(config.section("alerting")),
        config.texts("rule_files"),
        config.texts("scrape_config_files"),
        jobs,
        storage(config.section("storage")),
        Optional.ofNullable(config.optional("tracing")).map(ConfigReader::tracing),
        RemoteReader.readWrites(config),
        RemoteReader.readReads(config),
        otlp(config.section("otlp")),
        yaml,
        warnings);
  }

  private static GlobalConfig global(Values values) {
    return new GlobalConfig(
        values.duration("scrape_interval"),
        values.duration("scrape_timeout"),
        protocols(values),
        values.duration("evaluation_interval"),
        values.duration("rule_query_offset"),
        values.text("query_log_file"),
        values.text("scrape_failure_log_file"),
        sorted(values.map("external_labels")),
        limits(values),
        GlobalDefaults.names(values),
        escaping(values),
        new HistogramScraping(
            values.bool("scrape_native_histograms"),
            values.bool("convert_classic_histograms_to_nhcb"),
            values.bool("always_scrape_classic_histograms"),
            0,
            0),
        values.bool("extra_scrape_metrics"));
  }

  /** Labels in order, empty values kept. */
  private static Labels sorted(Map<String, String> map) {
    TreeMap<String, String> sorted = new TreeMap<>(io.narthex.model.labels.Utf8Order::compare);
    sorted.putAll(map);
    List<String> pairs = new ArrayList<>();
    sorted.forEach(
        (name, value) -> {
          pairs.add(name);
          pairs.add(value);
        });
    return Labels.ofSorted(pairs.toArray(new String[0]));
  }

  private static List<ScrapeProtocol> protocols(Values values) {
    return values.texts("scrape_protocols").stream()
        .flatMap(text -> ScrapeProtocol.parse(text).stream())
        .toList();
  }

  private static NameEscaping escaping(Values values) {
    for (NameEscaping escaping : NameEscaping.values()) {
      if (escaping.text().equals(values.text("metric_name_escaping_scheme"))) {
        return escaping;
      }
    }
    return GlobalDefaults.names(values) == NameValidation.LEGACY
        ? NameEscaping.UNDERSCORES
        : NameEscaping.ALLOW_UTF8;
  }

  private static ScrapeLimits limits(Values values) {
    return new ScrapeLimits(
        values.number("body_size_limit"),
        values.number("sample_limit"),
        values.number("target_limit"),
        values.number("label_limit"),
        values.number("label_name_length_limit"),
        values.number("label_value_length_limit"),
        values.number("keep_dropped_targets"));
  }

  static ScrapeConfig job(Values job) {
    return new ScrapeConfig(
        job.text("job_name"),
        job.duration("scrape_interval"),
        job.duration("scrape_timeout"),
        protocols(job),
        ScrapeProtocol.parse(job.text("fallback_scrape_protocol")),
        job.text("scheme"),
        job.text("metrics_path"),
        job.map("params"),
        job.bool("honor_labels"),
        job.bool("honor_timestamps"),
        job.bool("track_timestamps_staleness"),
        job.bool("enable_compression"),
        job.bool("extra_scrape_metrics"),
        new HistogramScraping(
            job.bool("scrape_native_histograms"),
            job.bool("convert_classic_histograms_to_nhcb"),
            job.bool("always_scrape_classic_histograms"),
            job.number("native_histogram_bucket_limit"),
            job.decimal("native_histogram_min_bucket_factor")),
        limits(job),
        GlobalDefaults.names(job),
        escaping(job),
        job.text("scrape_failure_log_file"),
        HttpClientReader.read(job),
        DiscoveryReader.read(job),
        RelabelSection.readAll(job, "relabel_configs"),
        RelabelSection.readAll(job, "metric_relabel_configs"));
  }

  private static AlertingConfig alerting(Values values) {
    List<Alertmanager> alertmanagers = new ArrayList<>();
    for (Values each : values.sections("alertmanagers")) {
      if (each != null) {
        alertmanagers.add(
            new Alertmanager(
                each.text("scheme"),
                each.text("path_prefix"),
                each.duration("timeout"),
                HttpClientReader.read(each),
                RemoteReader.sigv4(each.optional("sigv4")),
                DiscoveryReader.read(each),
                RelabelSection.readAll(each, "relabel_configs"),
                RelabelSection.readAll(each, "alert_relabel_configs")));
      }
    }
    return new AlertingConfig(
        RelabelSection.readAll(values, "alert_relabel_configs"), alertmanagers);
  }

  private static StorageConfig storage(Values values) {
    Values tsdb = values.section("tsdb");
    Values retention = tsdb.section("retention");
    @Nullable Values exemplars = values.optional("exemplars");
    return new StorageConfig(
        tsdb.duration("out_of_order_time_window"),
        tsdb.decimal("stale_series_compaction_threshold"),
        tsdb.section("chunk_encoding").text("floats"),
        tsdb.isSet("retention") && !tsdb.isNull("retention"),
        retention.duration("time"),
        retention.number("size"),
        retention.decimal("percentage"),
        exemplars == null
            ? OptionalLong.empty()
            : OptionalLong.of(exemplars.number("max_exemplars")));
  }

  private static TracingConfig tracing(Values values) {
    return new TracingConfig(
        values.text("client_type"),
        values.text("endpoint"),
        values.decimal("sampling_fraction"),
        values.bool("insecure"),
        HttpClientReader.tls(values.section("tls_config")),
        new LinkedHashMap<>(values.<String>map("headers")),
        values.text("compression"),
        values.duration("timeout"));
  }

  private static OtlpConfig otlp(Values values) {
    OtlpConfig.TranslationStrategy strategy =
        OtlpConfig.TranslationStrategy.UNDERSCORE_ESCAPING_WITH_SUFFIXES;
    for (OtlpConfig.TranslationStrategy each : OtlpConfig.TranslationStrategy.values()) {
      if (each.text().equals(values.text("translation_strategy"))) {
        strategy = each;
      }
    }
    return new OtlpConfig(
        values.bool("promote_all_resource_attributes"),
        values.texts("promote_resource_attributes"),
        values.texts("ignore_resource_attributes"),
        strategy,
        values.bool("keep_identifying_resource_attributes"),
        values.bool("convert_histograms_to_nhcb"),
        values.bool("promote_scope_metadata"),
        values.bool("label_name_underscore_sanitization"),
        values.bool("label_name_preserve_multiple_underscores"));
  }
}
