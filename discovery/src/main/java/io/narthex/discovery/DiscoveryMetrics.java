package io.narthex.discovery;

import io.narthex.client.Counter;
import io.narthex.client.Family;
import io.narthex.client.Gauge;
import io.narthex.client.Histogram;
import io.narthex.client.MetricRegistry;
import io.narthex.client.Summary;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What discovery tells about itself, shared by all managers of a program. */
public final class DiscoveryMetrics {
  private static final double[] QUANTILES = {0.5, 0.9, 0.99};

  final Family<Gauge> failedConfigs;
  final Family<Gauge> discoveredTargets;
  final Family<Counter> receivedUpdates;
  final Family<Counter> delayedUpdates;
  final Family<Counter> sentUpdates;
  final Family<Gauge> lastUpdated;
  final Family<Counter> refreshFailures;
  final Family<Summary> refreshDuration;
  final Family<Histogram> refreshDurationHistogram;
  final Counter fileReadErrors;
  final Summary fileScanDuration;
  final Counter fileWatcherErrors;
  final Counter httpFailures;
  final Counter dnsLookups;
  final Counter dnsLookupFailures;

  /** Modification time of each file read, seconds. */
  final Map<String, Double> fileTimes = new ConcurrentHashMap<>();

  public DiscoveryMetrics(MetricRegistry registry) {
    failedConfigs =
        registry.gaugeFamily(
            "prometheus_sd_failed_configs",
            "Current number of service discovery configurations that failed to load.",
            "name");
    discoveredTargets =
        registry.gaugeFamily(
            "prometheus_sd_discovered_targets",
            "Current number of discovered targets.",
            "name",
            "config");
    receivedUpdates =
        registry.counterFamily(
            "prometheus_sd_received_updates_total",
            "Total number of update events received from the SD providers.",
            "name");
    delayedUpdates =
        registry.counterFamily(
            "prometheus_sd_updates_delayed_total",
            "Total number of update events that couldn't be sent immediately.",
            "name");
    sentUpdates =
        registry.counterFamily(
            "prometheus_sd_updates_total",
            "Total number of update events sent to the SD consumers.",
            "name");
    lastUpdated =
        registry.gaugeFamily(
            "prometheus_sd_last_update_timestamp_seconds",
            "Timestamp of the last update sent to the SD consumers.",
            "name",
            "config");
    refreshFailures =
        registry.counterFamily(
            "prometheus_sd_refresh_failures_total",
            "Number of refresh failures for the given SD mechanism.",
            "mechanism",
            "config");
    refreshDuration =
        registry.summaryFamily(
            "prometheus_sd_refresh_duration_seconds",
            "The duration of a refresh in seconds for the given SD mechanism.",
            QUANTILES,
            "mechanism",
            "config");
    refreshDurationHistogram =
        registry.histogramFamily(
            "prometheus_sd_refresh_duration_histogram_seconds",
            "The duration of a refresh for the given SD mechanism.",
            new double[] {0.01, 0.1, 1, 10},
            "mechanism");
    fileReadErrors =
        registry.counter(
            "prometheus_sd_file_read_errors_total", "The number of File-SD read errors.");
    fileScanDuration =
        registry.summary(
            "prometheus_sd_file_scan_duration_seconds",
            "The duration of the File-SD scan in seconds.",
            QUANTILES);
    fileWatcherErrors =
        registry.counter(
            "prometheus_sd_file_watcher_errors_total",
            "The number of File-SD errors caused by filesystem watch failures.");
    httpFailures =
        registry.counter(
            "prometheus_sd_http_failures_total",
            "Number of HTTP service discovery refresh failures.");
    dnsLookups =
        registry.counter("prometheus_sd_dns_lookups_total", "The number of DNS-SD lookups.");
    dnsLookupFailures =
        registry.counter(
            "prometheus_sd_dns_lookup_failures_total", "The number of DNS-SD lookup failures.");
    registry.gaugeCallbacks(
        "prometheus_sd_file_mtime_seconds",
        "Timestamp (mtime) of files read by FileSD. Timestamp is set at read time.",
        values -> fileTimes.forEach((file, seconds) -> values.value(seconds, file)),
        "filename");
  }
}
