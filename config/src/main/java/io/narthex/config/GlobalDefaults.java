package io.narthex.config;

import io.narthex.config.yaml.Values;
import io.narthex.model.labels.GoQuote;
import io.narthex.model.labels.LabelName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Fills what a file leaves open: global defaults first, then each job from global. */
final class GlobalDefaults {
  private static final Duration INTERVAL = Duration.ofMinutes(1);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final List<String> INHERITED_LIMITS =
      List.of(
          "body_size_limit",
          "sample_limit",
          "target_limit",
          "label_limit",
          "label_name_length_limit",
          "label_value_length_limit",
          "keep_dropped_targets");
  private static final List<String> ESCAPINGS =
      List.of("allow-utf-8", "underscores", "dots", "values");

  private GlobalDefaults() {}

  static NameValidation names(Values values) {
    return values.text("metric_name_validation_scheme").equals("legacy")
        ? NameValidation.LEGACY
        : NameValidation.UTF8;
  }

  /** Fills and checks {@code global}. */
  static void fillGlobal(Values global, boolean written) {
    if (!written) {
      global.set("metric_name_escaping_scheme", "allow-utf-8");
    }
    if (global.text("metric_name_validation_scheme").isEmpty()) {
      global.set("metric_name_validation_scheme", "utf8");
    }
    checkExternalLabels(global);
    setIfZero(global, "scrape_interval", INTERVAL);
    Duration interval = global.duration("scrape_interval");
    if (global.duration("scrape_timeout").compareTo(interval) > 0) {
      global.refuse("scrape_timeout", "global scrape timeout greater than scrape interval");
    }
    setIfZero(global, "scrape_timeout", shorter(TIMEOUT, interval));
    setIfZero(global, "evaluation_interval", INTERVAL);
    setIfNull(global, "scrape_native_histograms", false);
    setIfNull(global, "extra_scrape_metrics", false);
    if (hasProtocols(global)) {
      checkProtocols(global, "global config");
    }
    String escaping = global.text("metric_name_escaping_scheme");
    if (!escaping.isEmpty() && !ESCAPINGS.contains(escaping)) {
      global.refuse(
          "metric_name_escaping_scheme",
          "unknown global name escaping method specified, must be one of "
              + ESCAPING_NAMES
              + GoQuote.quote(escaping));
    }
  }

  private static final String ESCAPING_NAMES =
      "'allow-utf-8', 'underscores', 'dots', or 'values', got ";

  private static void checkExternalLabels(Values global) {
    NameValidation names = names(global);
    for (Map.Entry<String, String> label : global.<String>map("external_labels").entrySet()) {
      if (!names.acceptsLabelName(label.getKey())) {
        global.refuse(
            "external_labels", GoQuote.quote(label.getKey()) + " is not a valid label name");
      }
      if (!label.getValue().isEmpty() && !LabelName.isValidUtf8(label.getValue())) {
        global.refuse(
            "external_labels", GoQuote.quote(label.getValue()) + " is not a valid label value");
      }
    }
  }

  /** Fills a job from {@code global} and checks what can only be judged then. */
  static void fillJob(Values job, Values global) {
    String name = GoQuote.quote(job.text("job_name"));
    setIfZero(job, "scrape_interval", global.duration("scrape_interval"));
    Duration interval = job.duration("scrape_interval");
    if (job.duration("scrape_timeout").compareTo(interval) > 0) {
      job.refuse(
          "scrape_timeout",
          "scrape timeout greater than scrape interval for scrape config with job name " + name);
    }
    setIfZero(job, "scrape_timeout", shorter(global.duration("scrape_timeout"), interval));
    for (String limit : INHERITED_LIMITS) {
      if (job.number(limit) == 0) {
        job.set(limit, global.number(limit));
      }
    }
    if (job.text("scrape_failure_log_file").isEmpty()) {
      job.set("scrape_failure_log_file", global.text("scrape_failure_log_file"));
    }
    setIfNull(job, "scrape_native_histograms", global.bool("scrape_native_histograms"));
    setIfNull(job, "extra_scrape_metrics", global.bool("extra_scrape_metrics"));
    setIfNull(
        job,
        "convert_classic_histograms_to_nhcb",
        global.bool("convert_classic_histograms_to_nhcb"));
    setIfNull(
        job, "always_scrape_classic_histograms", global.bool("always_scrape_classic_histograms"));
    fillProtocols(job, global, name);
    fillNames(job, global);
    NameValidation names = names(job);
    RelabelSection.checkAll(job, "relabel_configs", names);
    RelabelSection.checkAll(job, "metric_relabel_configs", names);
  }

  private static void fillProtocols(Values job, Values global, String name) {
    if (!hasProtocols(job)) {
      List<ScrapeProtocol> usual =
          job.bool("scrape_native_histograms")
              ? ScrapeProtocol.PROTO_FIRST
              : ScrapeProtocol.DEFAULT;
      job.set(
          "scrape_protocols",
          hasProtocols(global)
              ? global.texts("scrape_protocols")
              : usual.stream().map(ScrapeProtocol::text).toList());
    }
    checkProtocols(job, "scrape config with job name " + name);
    String fallback = job.text("fallback_scrape_protocol");
    if (!fallback.isEmpty() && ScrapeProtocol.parse(fallback).isEmpty()) {
      job.refuse(
          "fallback_scrape_protocol",
          "invalid fallback_scrape_protocol for scrape config with job name "
              + name
              + ": "
              + unknownProtocol(fallback));
    }
  }

  private static boolean hasProtocols(Values values) {
    return values.isSet("scrape_protocols") || !values.texts("scrape_protocols").isEmpty();
  }

  private static void checkProtocols(Values values, String where) {
    List<String> protocols = values.texts("scrape_protocols");
    if (protocols.isEmpty()) {
      values.refuse("scrape_protocols", "scrape_protocols cannot be empty for " + where);
    }
    Set<String> seen = new HashSet<>();
    for (String protocol : protocols) {
      if (!seen.add(protocol.toLowerCase(Locale.ROOT))) {
        values.refuse(
            "scrape_protocols",
            "duplicated protocol in scrape_protocols, got ["
                + String.join(" ", protocols)
                + "] for "
                + where);
      } else if (ScrapeProtocol.parse(protocol).isEmpty()) {
        values.refuse(
            "scrape_protocols", "scrape_protocols: " + unknownProtocol(protocol) + " for " + where);
      }
    }
  }

  private static String unknownProtocol(String protocol) {
    List<String> known = new ArrayList<>();
    for (ScrapeProtocol each : ScrapeProtocol.values()) {
      known.add(each.text());
    }
    known.sort(String::compareTo);
    return "unknown scrape protocol " + protocol + ", supported: [" + String.join(" ", known) + "]";
  }

  /** Name rules: the job's own, else the global ones; escaping follows the rules that hold. */
  private static void fillNames(Values job, Values global) {
    boolean inherited = job.text("metric_name_validation_scheme").isEmpty();
    if (inherited) {
      job.set("metric_name_validation_scheme", global.text("metric_name_validation_scheme"));
    }
    if (job.text("metric_name_escaping_scheme").isEmpty()) {
      String globalEscaping = global.text("metric_name_escaping_scheme");
      boolean own = !inherited || globalEscaping.isEmpty();
      job.set("metric_name_escaping_scheme", own ? usualEscaping(job) : globalEscaping);
    }
    String escaping = job.text("metric_name_escaping_scheme");
    if (!ESCAPINGS.contains(escaping)) {
      job.refuse(
          "metric_name_escaping_scheme",
          "unknown scrape config name escaping method specified, must be one of "
              + ESCAPING_NAMES
              + GoQuote.quote(escaping));
    } else if (escaping.equals("allow-utf-8") && names(job) != NameValidation.UTF8) {
      job.refuse(
          "metric_name_escaping_scheme",
          "utf8 metric names requested but validation scheme is not set to UTF8");
    }
  }

  private static String usualEscaping(Values values) {
    return names(values) == NameValidation.LEGACY ? "underscores" : "allow-utf-8";
  }

  private static void setIfZero(Values values, String name, Duration duration) {
    if (values.duration(name).isZero()) {
      values.set(name, duration);
    }
  }

  private static void setIfNull(Values values, String name, boolean bool) {
    if (values.get(name) == null) {
      values.set(name, bool);
    }
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
