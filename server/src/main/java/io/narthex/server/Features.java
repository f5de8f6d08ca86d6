package io.narthex.server;

import io.narthex.cli.FlagValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The names given with {@code --enable-feature}, sorted into those that do something here, those
 * that Prometheus knows but this version does not offer, those that have become the normal
 * behaviour, and unknown ones.
 */
record Features(Set<String> enabled, List<String> warnings) {
  static final String CREATED_ZEROS = "created-timestamp-zero-ingestion";
  static final String ST_STORAGE = "st-storage";

  private static final Set<String> OFFERED =
      Set.of(
          CREATED_ZEROS,
          "delayed-compaction",
          "exemplar-storage",
          "histograms-st-encoding",
          "memory-snapshot-on-shutdown",
          "metadata-wal-records",
          "promql-experimental-functions",
          "promql-delayed-name-removal",
          "promql-per-step-stats",
          "promql-extended-range-selectors",
          "promql-binop-fill-modifiers",
          ST_STORAGE,
          "type-and-unit-labels",
          "use-start-timestamps",
          "xor2-encoding");

  private static final Set<String> NOT_YET =
      Set.of(
          "concurrent-rule-eval",
          "old-ui",
          "otlp-deltatocumulative",
          "otlp-native-delta-ingestion",
          "search-api",
          "st-synthesis",
          "use-uncached-io");

  private static final Map<String, String> ALWAYS_ON =
      Map.ofEntries(
          Map.entry("auto-gomaxprocs", "it is on by default"),
          Map.entry("auto-gomemlimit", "it is on by default"),
          Map.entry("auto-reload-config", "use --config.auto-reload"),
          Map.entry("expand-external-labels", "it is always on"),
          Map.entry("extra-scrape-metrics", "use the extra_scrape_metrics setting"),
          Map.entry("fast-startup", "it is always on"),
          Map.entry("native-histograms", "use the scrape_native_histograms setting"),
          Map.entry("negative-offset", "it is always on"),
          Map.entry("new-service-discovery-manager", "it is always on"),
          Map.entry("no-default-scrape-port", "it is always on"),
          Map.entry("ooo-native-histograms", "it is always on"),
          Map.entry("promql-at-modifier", "it is always on"),
          Map.entry("promql-duration-expr", "it is always on"),
          Map.entry("utf8-names", "it is always on"));

  static Features of(List<String> names) {
    Set<String> enabled = new TreeSet<>();
    List<String> warnings = new ArrayList<>();
    for (String name : names) {
      if (OFFERED.contains(name)) {
        enabled.add(name);
        if (name.equals("xor2-encoding")) {
          warnings.add(
              "feature \"xor2-encoding\" will go: set storage.tsdb.chunk_encoding.floats to xor2 in"
                  + " the configuration instead");
        }
      } else if (NOT_YET.contains(name)) {
        warnings.add("feature \"" + name + "\" is not offered by this version and has no effect");
      } else if (ALWAYS_ON.containsKey(name)) {
        warnings.add("feature \"" + name + "\" needs no switch: " + ALWAYS_ON.get(name));
      } else {
        warnings.add("Unknown option for --enable-feature: \"" + name + "\"");
      }
    }
    return new Features(Set.copyOf(enabled), List.copyOf(warnings));
  }

  /**
   * What this program can do outside of the web server and the query engine, as {@code
   * /api/v1/features} lists it.
   */
  Map<String, Map<String, Boolean>> offered(FlagValues flags) {
    return Map.of(
        "prometheus",
        Map.of(
            "agent_mode", false,
            "auto_reload_config", flags.bool("config.auto-reload"),
            "server_mode", true),
        "scrape",
        Map.of(
            "extra_scrape_metrics", true,
            "start_timestamp_zero_ingestion", has(CREATED_ZEROS),
            "type_and_unit_labels", has("type-and-unit-labels")),
        "service_discovery_providers",
        Map.of("dns", true, "file", true, "http", true, "static", true),
        "tsdb",
        storage());
  }

  private Map<String, Boolean> storage() {
    Map<String, Boolean> storage = new TreeMap<>();
    storage.put("delayed_compaction", has("delayed-compaction"));
    storage.put("exemplar_storage", has("exemplar-storage"));
    storage.put("histograms_st_encoding", has("histograms-st-encoding"));
    storage.put("isolation", true);
    storage.put("native_histograms", true);
    storage.put("st_storage", has(ST_STORAGE));
    storage.put("use_uncached_io", false);
    storage.put("xor2_encoding", true);
    // Prometheus lists this one only where it is on.
    if (has("metadata-wal-records")) {
      storage.put("metadata_wal_records", true);
    }
    return storage;
  }

  /** Whether the storage is to be told since when samples count. */
  boolean tellsStarts() {
    return has(ST_STORAGE) || has(CREATED_ZEROS);
  }

  boolean has(String name) {
    return enabled.contains(name);
  }
}
