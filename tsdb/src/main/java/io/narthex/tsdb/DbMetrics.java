package io.narthex.tsdb;

import io.narthex.client.Counter;
import io.narthex.client.Gauge;
import io.narthex.client.Histogram;
import io.narthex.client.MetricRegistry;
import java.util.function.LongSupplier;

/** The database's own metrics, named as Prometheus names them; once for each registry. */
final class DbMetrics {
  final Counter reloads;
  final Counter reloadFailures;
  final Counter compactionsTriggered;
  final Counter compactionsFailed;
  final Counter compactionsSkipped;
  final Counter timeRetentions;
  final Counter sizeRetentions;
  final Histogram tombstoneCleanupSeconds;
  final Counter staleCompactions;
  final Counter staleCompactionsFailed;
  final Histogram staleCompactionSeconds;
  final Gauge cleanStart;

  private final Gauge retentionSeconds;
  private final Gauge retentionBytes;
  private final Gauge retentionPercentage;
  private final MetricRegistry registry;

  DbMetrics(MetricRegistry registry) {
    this.registry = registry;
    reloads =
        counter("reloads_total", "Number of times the database reloaded block data from disk.");
    reloadFailures =
        counter(
            "reloads_failures_total",
            "Number of times the database failed to reload block data from disk.");
    compactionsTriggered =
        counter(
            "compactions_triggered_total",
            "Total number of triggered compactions for the partition.");
    compactionsFailed =
        counter(
            "compactions_failed_total",
            "Total number of compactions that failed for the partition.");
    compactionsSkipped =
        counter(
            "compactions_skipped_total",
            "Total number of skipped compactions due to disabled auto compaction.");
    timeRetentions =
        counter(
            "time_retentions_total",
            "The number of times that blocks were deleted because the maximum time limit was"
                + " exceeded.");
    sizeRetentions =
        counter(
            "size_retentions_total",
            "The number of times that blocks were deleted because the maximum number of bytes was"
                + " exceeded.");
    tombstoneCleanupSeconds =
        registry.histogram(
            "prometheus_tsdb_tombstone_cleanup_seconds",
            "The time taken to recompact blocks to remove tombstones.");
    retentionSeconds = gauge("retention_limit_seconds", "How long to retain samples in storage.");
    retentionBytes =
        gauge(
            "retention_limit_bytes",
            "Max number of bytes to be retained in the tsdb blocks, configured 0 means disabled");
    retentionPercentage =
        gauge(
            "retention_limit_percentage",
            "Max percentage of total storage space to be retained in the tsdb blocks, configured 0"
                + " means disabled");
    staleCompactions =
        counter(
            "stale_series_compactions_triggered_total",
            "Total number of triggered stale series compactions.");
    staleCompactionsFailed =
        counter(
            "stale_series_compactions_failed_total",
            "Total number of stale series compactions that failed.");
    staleCompactionSeconds =
        registry.histogram(
            "prometheus_tsdb_stale_series_compaction_duration_seconds",
            "Duration of stale series compaction runs.",
            Histogram.exponentialBounds(1, 2, 14));
    selectedSeriesCompactions();
    cleanStart =
        gauge(
            "clean_start",
            "-1: lockfile is disabled. 0: a lockfile from a previous execution was replaced. 1:"
                + " lockfile creation was clean");
  }

  /** Registers what the database itself is asked for at each scrape. */
  void watch(Blocks blocks, LongSupplier oldestTime) {
    callback("blocks_loaded", "Number of currently loaded data blocks", () -> blocks.list().size());
    callback(
        "storage_blocks_bytes",
        "The number of bytes that are currently used for local storage by all blocks.",
        blocks::sizeBytes);
    callback(
        "symbol_table_size_bytes",
        "Size of symbol table in memory for loaded blocks",
        blocks::symbolTableBytes);
    callback(
        "lowest_timestamp",
        "Lowest timestamp value stored in the database. The unit is decided by the library"
            + " consumer.",
        oldestTime);
    registry.gaugeCallback(
        "prometheus_tsdb_lowest_timestamp_seconds",
        "Lowest timestamp value stored in the database.",
        () -> oldestTime.getAsLong() / 1000);
  }

  /** Shows how much is kept. */
  void retention(RetentionLimits limits) {
    retentionSeconds.set(limits.millis() / 1e3);
    retentionBytes.set(Math.max(0, limits.bytes()));
    retentionPercentage.set(Math.max(0, limits.percentage()));
  }

  /** Compactions of series that a caller lists; Prometheus' server asks for none either. */
  private void selectedSeriesCompactions() {
    String what = "Total number of compactions triggered for a list of series that a caller gave";
    counter("selected_series_compactions_triggered_total", what + ".");
    counter("selected_series_compactions_failed_total", what + " that failed.");
    registry.histogram(
        "prometheus_tsdb_selected_series_compaction_duration_seconds",
        "Duration of compactions triggered for a list of series that a caller gave.",
        Histogram.exponentialBounds(1, 2, 14));
  }

  private Counter counter(String name, String help) {
    return registry.counter("prometheus_tsdb_" + name, help);
  }

  private Gauge gauge(String name, String help) {
    return registry.gauge("prometheus_tsdb_" + name, help);
  }

  private void callback(String name, String help, LongSupplier value) {
    registry.gaugeCallback("prometheus_tsdb_" + name, help, value::getAsLong);
  }
}
