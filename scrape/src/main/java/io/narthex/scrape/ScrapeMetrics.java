package io.narthex.scrape;

import io.narthex.client.CallbackFamily;
import io.narthex.client.Counter;
import io.narthex.client.Family;
import io.narthex.client.Gauge;
import io.narthex.client.Histogram;
import io.narthex.client.MetricRegistry;
import io.narthex.client.Summary;

/** What scraping tells of itself, by Prometheus' names. */
final class ScrapeMetrics {
  private static final double[] QUANTILES = {0.01, 0.05, 0.5, 0.9, 0.99};
  private static final double[] BOUNDS = {0.01, 0.1, 1, 10};

  private final MetricRegistry registry;
  final Counter pools;
  final Counter poolsFailed;
  final Family<Summary> reloadLength;
  final Counter poolReloads;
  final Counter poolReloadsFailed;
  final Counter exceededTargetLimit;
  final Family<Gauge> targetLimit;
  final Family<Gauge> targets;
  final Family<Gauge> symbols;
  final Family<Counter> syncs;
  final Family<Summary> syncLength;
  final Family<Histogram> syncLengthHistogram;
  final Family<Counter> syncFailed;
  final Counter exceededBodySize;
  final Counter cacheFlushForced;
  final Family<Summary> intervalLength;
  final Family<Histogram> intervalLengthHistogram;
  final Counter exceededSampleLimit;
  final Counter duplicates;
  final Counter outOfOrder;
  final Counter outOfBounds;
  final Counter exceededLabelLimits;
  final Counter exemplarsOutOfOrder;
  final Histogram scrapeDuration;

  ScrapeMetrics(MetricRegistry registry) {
    this.registry = registry;
    pools = counter("scrape_pools_total", "Total number of scrape pool creation attempts.");
    poolsFailed =
        counter("scrape_pools_failed_total", "Total number of scrape pool creations that failed.");
    reloadLength =
        summaries(
            "reload_length_seconds",
            "Actual interval to reload the scrape pool with a given configuration.",
            "interval");
    poolReloads = counter("scrape_pool_reloads_total", "Total number of scrape pool reloads.");
    poolReloadsFailed =
        counter("scrape_pool_reloads_failed_total", "Total number of failed scrape pool reloads.");
    exceededTargetLimit =
        counter(
            "scrape_pool_exceeded_target_limit_total",
            "Total number of times scrape pools hit the target limit, during sync or config"
                + " reload.");
    targetLimit =
        gauges(
            "scrape_pool_target_limit", "Maximum number of targets allowed in this scrape pool.");
    targets = gauges("scrape_pool_targets", "Current number of targets in this scrape pool.");
    symbols =
        gauges(
            "scrape_pool_symboltable_items",
            "Current number of symbols in table for this scrape pool.");
    syncs =
        registry.counterFamily(
            name("scrape_pool_sync_total"),
            "Total number of syncs that were executed on a scrape pool.",
            "scrape_job");
    syncLength =
        summaries("sync_length_seconds", "Actual interval to sync the scrape pool.", "scrape_job");
    syncLengthHistogram =
        registry.histogramFamily(
            name("sync_length_histogram_seconds"),
            "Actual interval to sync the scrape pool.",
            BOUNDS,
            "scrape_job");
    syncFailed =
        registry.counterFamily(
            name("sync_failed_total"), "Total number of target sync failures.", "scrape_job");
    exceededBodySize =
        counter(
            "scrapes_exceeded_body_size_limit_total",
            "Total number of scrapes that hit the body size limit");
    cacheFlushForced =
        counter(
            "scrapes_cache_flush_forced_total",
            "How many times a scrape cache was flushed due to getting big while scrapes are"
                + " failing.");
    intervalLength =
        summaries("interval_length_seconds", "Actual intervals between scrapes.", "interval");
    intervalLengthHistogram =
        registry.histogramFamily(
            name("interval_length_histogram_seconds"),
            "Actual intervals between scrapes.",
            BOUNDS,
            "interval");
    exceededSampleLimit =
        counter(
            "scrapes_exceeded_sample_limit_total",
            "Total number of scrapes that hit the sample limit and were rejected.");
    duplicates =
        counter(
            "scrapes_sample_duplicate_timestamp_total",
            "Total number of samples rejected due to duplicate timestamps but different values.");
    outOfOrder =
        counter(
            "scrapes_sample_out_of_order_total",
            "Total number of samples rejected due to not being out of the expected order.");
    outOfBounds =
        counter(
            "scrapes_sample_out_of_bounds_total",
            "Total number of samples rejected due to timestamp falling outside of the time"
                + " bounds.");
    exceededLabelLimits =
        counter(
            "scrape_pool_exceeded_label_limits_total",
            "Total number of times scrape pools hit the label limits, during sync or config"
                + " reload.");
    // Counted once native histograms are scraped; dashboards expect the name from the start.
    counter(
        "scrapes_exceeded_native_histogram_bucket_limit_total",
        "Total number of scrapes that hit the native histogram bucket limit and were rejected.");
    exemplarsOutOfOrder =
        counter(
            "scrapes_exemplar_out_of_order_total",
            "Total number of exemplar rejected due to not being out of the expected order.");
    scrapeDuration =
        registry.histogram(
            name("scrape_duration_seconds"),
            "Total duration of the scrape from start to commit completion in seconds.");
  }

  /** Reports the metadata caches of all pools whenever somebody asks. */
  void metadataCaches(CallbackFamily.Callback entries, CallbackFamily.Callback bytes) {
    registry.gaugeCallbacks(
        name("metadata_cache_entries"),
        "Total number of metric metadata entries in the cache",
        entries,
        "scrape_job");
    registry.gaugeCallbacks(
        name("metadata_cache_bytes"),
        "The number of bytes that are currently used for storing metric metadata in the cache",
        bytes,
        "scrape_job");
  }

  /** Forgets what is told of a job. */
  void remove(String job) {
    targetLimit.remove(job);
    targets.remove(job);
    symbols.remove(job);
    syncs.remove(job);
    syncLength.remove(job);
    syncLengthHistogram.remove(job);
    syncFailed.remove(job);
  }

  private static String name(String suffix) {
    return "prometheus_target_" + suffix;
  }

  private Counter counter(String suffix, String help) {
    return registry.counter(name(suffix), help);
  }

  private Family<Gauge> gauges(String suffix, String help) {
    return registry.gaugeFamily(name(suffix), help, "scrape_job");
  }

  private Family<Summary> summaries(String suffix, String help, String label) {
    return registry.summaryFamily(name(suffix), help, QUANTILES, label);
  }
}
