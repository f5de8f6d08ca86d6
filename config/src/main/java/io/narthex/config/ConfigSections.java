package io.narthex.config;

import io.narthex.config.yaml.ByteSize;
import io.narthex.config.yaml.Section;
import io.narthex.config.yaml.Values;
import io.narthex.config.yaml.YamlType.Scalar;
import io.narthex.model.labels.GoQuote;
import io.narthex.model.value.GoFloat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The keys of a configuration file as a whole. */
final class ConfigSections {
  private static final Pattern FILE_PATTERN = Pattern.compile("[^*]*(\\*[^/]*)?", Pattern.DOTALL);
  private static final Set<String> RESERVED_HEADERS =
      Set.of(
          "host",
          "content-encoding",
          "content-length",
          "content-type",
          "user-agent",
          "connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "www-authenticate",
          "accept-encoding",
          "x-prometheus-remote-write-version",
          "x-prometheus-remote-read-version",
          "x-amz-date",
          "x-amz-security-token",
          "x-amz-content-sha256");

  private static final Section RUNTIME = Section.named("config.RuntimeConfig").integer("gogc");

  private static final Section ALERTMANAGER =
      Mechanisms.addAll(
          Section.named("config.AlertmanagerConfig")
              .inlineKeys(HttpSections.KEYS)
              .optional("sigv4", RemoteSections.SIGV4)
              .text("scheme")
              .initially("http")
              .text("path_prefix")
              .duration("timeout")
              .initially(Duration.ofSeconds(10))
              .choice(
                  "api_version",
                  "string",
                  "expected Alertmanager api version to be one of [v2] but got %s",
                  "v2")
              .initially("v2")
              .shown()
              .sections("relabel_configs", RelabelSection.RULE)
              .sections("alert_relabel_configs", RelabelSection.RULE)
              .check(HttpSections::check)
              .check(ConfigSections::checkAlertmanager));

  private static final Section ALERTING =
      Section.named("config.plain")
          .sections("alert_relabel_configs", RelabelSection.RULE)
          .sections("alertmanagers", ALERTMANAGER)
          .check(
              values ->
                  RelabelSection.refuseEmpty(
                      values, "alert_relabel_configs", "empty or null alert relabeling rule"));

  private static final Section RETENTION =
      Section.named("config.plain")
          .duration("time")
          .size("size")
          .number("percentage")
          .check(ConfigSections::checkRetention);

  private static final Section TSDB =
      Section.named("config.plain")
          // Upstream's structure exposes this field by accident; it has no effect there either.
          .integer("outofordertimewindow")
          .shown()
          .duration("out_of_order_time_window")
          .number("stale_series_compaction_threshold")
          .section("chunk_encoding", Section.named("config.ChunkEncodingConfig").text("floats"))
          .section("retention", RETENTION)
          .shown()
          .check(ConfigSections::checkTsdb);

  private static final Section STORAGE =
      Section.named("config.StorageConfig")
          .section("tsdb", TSDB)
          .shown()
          .optional("exemplars", Section.named("config.ExemplarsConfig").integer("max_exemplars"));

  private static final Section TRACING =
      Section.named("config.plain")
          .choice(
              "client_type",
              "string",
              "expected tracing client type to be to be http or grpc, but got %s",
              "http",
              "grpc")
          .initially("grpc")
          .text("endpoint")
          .number("sampling_fraction")
          .bool("insecure")
          .section("tls_config", HttpSections.TLS)
          .map("headers", Scalar.TEXT)
          .text("compression")
          .duration("timeout")
          .check(ConfigSections::checkTracing);

  private static final Section OTLP =
      Section.named("config.plain")
          .bool("promote_all_resource_attributes")
          .texts("promote_resource_attributes")
          .texts("ignore_resource_attributes")
          .text("translation_strategy")
          .initially("UnderscoreEscapingWithSuffixes")
          .bool("keep_identifying_resource_attributes")
          .bool("convert_histograms_to_nhcb")
          .bool("promote_scope_metadata")
          .bool("label_name_underscore_sanitization")
          .initially(true)
          .bool("label_name_preserve_multiple_underscores")
          .initially(true)
          .check(ConfigSections::checkOtlp);

  static final Section CONFIG =
      Section.named("config.plain")
          .section("global", ScrapeSections.GLOBAL)
          .shown()
          .section("runtime", RUNTIME)
          .section("alerting", ALERTING)
          .texts("rule_files")
          .texts("scrape_config_files")
          .sections("scrape_configs", ScrapeSections.JOB)
          .section("storage", STORAGE)
          .optional("tracing", TRACING)
          .sections("remote_write", RemoteSections.WRITE)
          .sections("remote_read", RemoteSections.READ)
          .section("otlp", OTLP)
          .check(ConfigSections::checkFiles);

  private ConfigSections() {}

  private static void checkFiles(Values config) {
    checkPatterns(config, "rule_files", "invalid rule file path ");
    checkPatterns(config, "scrape_config_files", "invalid scrape config file path ");
  }

  private static void checkPatterns(Values config, String key, String message) {
    List<String> files = config.texts(key);
    for (int i = 0; i < files.size(); i++) {
      if (!FILE_PATTERN.matcher(files.get(i)).matches()) {
        config.refuseEntry(key, i, message + GoQuote.quote(files.get(i)));
      }
    }
  }

  private static void checkAlertmanager(Values values) {
    boolean auth =
        values.optional("basic_auth") != null
            || values.optional("authorization") != null
            || values.optional("oauth2") != null;
    if (auth && values.optional("sigv4") != null) {
      values.refuse(
          "sigv4", "at most one of basic_auth, authorization, oauth2, & sigv4 must be configured");
    }
    if (values.sections("relabel_configs").isEmpty()) {
      ScrapeSections.checkStaticTargets(values);
    }
    RelabelSection.refuseEmpty(
        values, "relabel_configs", "empty or null Alertmanager target relabeling rule");
    RelabelSection.refuseEmpty(
        values, "alert_relabel_configs", "empty or null Alertmanager alert relabeling rule");
  }

  private static void checkRetention(Values values) {
    if (values.number("size") < 0) {
      values.refuse(
          "size",
          "'storage.tsdb.retention.size' must be greater than or equal to 0, got "
              + ByteSize.format(values.number("size")));
    }
    double percentage = values.decimal("percentage");
    if (percentage < 0 || percentage > 100) {
      values.refuse(
          "percentage",
          "'storage.tsdb.retention.percentage' must be in the range [0, 100], got "
              + GoFloat.shortest(percentage));
    }
  }

  private static void checkTsdb(Values values) {
    Values encoding = values.section("chunk_encoding");
    String floats = encoding.text("floats");
    if (!Set.of("", "xor", "xor2").contains(floats)) {
      encoding.refuse(
          "floats",
          "'storage.tsdb.chunk_encoding.floats' must be 'xor' or 'xor2', or the field must be"
              + " omitted entirely, got "
              + GoQuote.quote(floats));
    }
    values.set("outofordertimewindow", values.duration("out_of_order_time_window").toMillis());
  }

  private static void checkTracing(Values values) {
    for (String header : values.<String>map("headers").keySet()) {
      if (header.equalsIgnoreCase("authorization")) {
        values.refuse("headers", "custom authorization header configuration is not yet supported");
      } else if (isReserved(header)) {
        values.refuse("headers", header + " is a reserved header. It must not be changed");
      }
    }
    if (values.text("endpoint").isEmpty()) {
      values.refuse("endpoint", "tracing endpoint must be set");
    }
    String compression = values.text("compression");
    if (!compression.isEmpty() && !compression.equals("gzip")) {
      values.refuse(
          "compression",
          "invalid compression type " + compression + " provided, valid options: gzip");
    }
  }

  /** Refuses headers that the protocol needs for itself. */
  static void checkHeaders(Values values) {
    for (Map.Entry<String, String> header : values.<String>map("headers").entrySet()) {
      if (header.getKey().equalsIgnoreCase("authorization")) {
        values.refuse(
            "headers",
            "authorization header must be changed via the basic_auth, authorization, oauth2, sigv4,"
                + " azuread or google_iam parameter");
      } else if (isReserved(header.getKey())) {
        values.refuse("headers", header.getKey() + " is a reserved header. It must not be changed");
      }
    }
  }

  private static boolean isReserved(String header) {
    return RESERVED_HEADERS.contains(header.toLowerCase(Locale.ROOT));
  }

  private static void checkOtlp(Values values) {
    boolean all = values.bool("promote_all_resource_attributes");
    if (all && !values.texts("promote_resource_attributes").isEmpty()) {
      values.refuse(
          "promote_resource_attributes",
          "'promote_all_resource_attributes' and 'promote_resource_attributes' cannot be"
              + " configured simultaneously");
    } else if (all) {
      checkAttributes(values, "ignore_resource_attributes", "ignored");
    } else if (!values.texts("ignore_resource_attributes").isEmpty()) {
      values.refuse(
          "ignore_resource_attributes",
          "'ignore_resource_attributes' cannot be configured unless"
              + " 'promote_all_resource_attributes' is true");
    } else {
      checkAttributes(values, "promote_resource_attributes", "promoted");
    }
    Set<String> known = new HashSet<>();
    for (OtlpConfig.TranslationStrategy strategy : OtlpConfig.TranslationStrategy.values()) {
      known.add(strategy.text());
    }
    String strategy = values.text("translation_strategy");
    if (!strategy.isEmpty() && !known.contains(strategy)) {
      values.refuse(
          "translation_strategy",
          "unsupported OTLP translation strategy " + GoQuote.quote(strategy));
    }
  }

  private static void checkAttributes(Values values, String key, String adjective) {
    List<String> cleaned = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    List<String> attributes = values.texts(key);
    for (int i = 0; i < attributes.size(); i++) {
      String attribute = attributes.get(i).strip();
      if (attribute.isEmpty()) {
        values.refuseEntry(
            key, i, "invalid '" + key + "': empty " + adjective + " OTel resource attribute");
      } else if (!seen.add(attribute)) {
        values.refuseEntry(
            key,
            i,
            "invalid '"
                + key
                + "': duplicated "
                + adjective
                + " OTel resource attribute "
                + GoQuote.quote(attribute));
      }
      cleaned.add(attribute);
    }
    values.set(key, cleaned);
  }
}
