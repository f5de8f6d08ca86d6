package io.narthex.tsdb.head;

import io.narthex.client.Counter;
import io.narthex.client.Family;
import io.narthex.client.MetricRegistry;
import io.narthex.client.Summary;
import io.narthex.tsdb.exemplar.ExemplarMetrics;

/** The head's own metrics, named as Prometheus names them; once for each registry. */
public final class HeadMetrics {
  private static final double[] OOO_DELTA_BOUNDS = {600, 1800, 3600, 7200, 10800, 21600, 43200};

  final Counter appendersCreated;
  final Counter seriesCreated;
  final Counter seriesRemoved;
  final Counter seriesNotFound;
  final Counter chunksCreated;
  final Counter chunksRemoved;
  final Counter chunksMapped;
  final Counter chunkWritesFailed;
  final Counter floatsAppended;
  final Counter histogramsAppended;
  final Counter floatsOutOfBounds;
  final Counter histogramsOutOfBounds;
  final Counter floatsOutOfOrder;
  final Counter histogramsOutOfOrder;
  final Counter floatsLate;
  final Counter histogramsLate;
  final Counter floatsTooOld;
  final Counter histogramsTooOld;
  final io.narthex.client.Histogram outOfOrderDelta;
  final Summary gcSeconds;
  final Summary walTruncateSeconds;
  final Counter truncations;
  final Counter truncationsFailed;
  final Counter checkpointCreations;
  final Counter checkpointCreationsFailed;
  final Counter checkpointDeletions;
  final Counter checkpointDeletionsFailed;
  final Counter walCorruptions;
  final Counter mmapChunkCorruptions;
  final Counter snapshotReplayErrors;
  final Family<Counter> unknownReferences;
  final Family<Counter> unknownOutOfOrderReferences;
  final ExemplarMetrics exemplars;
  final io.narthex.client.Gauge replaySeconds;

  private final MetricRegistry registry;

  public HeadMetrics(MetricRegistry registry) {
    this.registry = registry;
    appendersCreated =
        counter("head_appenders_created_total", "Total number of appender transactions created.");
    seriesCreated =
        counter("head_series_created_total", "Total number of series created in the head");
    seriesRemoved =
        counter("head_series_removed_total", "Total number of series removed in the head");
    seriesNotFound =
        counter(
            "head_series_not_found_total",
            "Total number of requests for series that were not found.");
    chunksCreated =
        counter("head_chunks_created_total", "Total number of chunks created in the head");
    chunksRemoved =
        counter("head_chunks_removed_total", "Total number of chunks removed in the head");
    chunksMapped = counter("mmap_chunks_total", "Total number of chunks that were memory-mapped.");
    chunkWritesFailed =
        registry.counter(
            "narthex_tsdb_head_chunk_writes_failed_total",
            "Total number of full chunks that could not be written to disk at the first try.");
    Family<Counter> appended =
        byType("head_samples_appended_total", "Total number of appended samples.");
    floatsAppended = appended.labels("float");
    histogramsAppended = appended.labels("histogram");
    Family<Counter> late =
        byType(
            "head_out_of_order_samples_appended_total",
            "Total number of appended out of order samples.");
    floatsLate = late.labels("float");
    histogramsLate = late.labels("histogram");
    Family<Counter> outOfBounds =
        byType(
            "out_of_bound_samples_total",
            "Total number of out of bound samples ingestion failed attempts with out of order"
                + " support disabled.");
    floatsOutOfBounds = outOfBounds.labels("float");
    histogramsOutOfBounds = outOfBounds.labels("histogram");
    Family<Counter> outOfOrder =
        byType(
            "out_of_order_samples_total",
            "Total number of out of order samples ingestion failed attempts due to out of order"
                + " being disabled.");
    floatsOutOfOrder = outOfOrder.labels("float");
    histogramsOutOfOrder = outOfOrder.labels("histogram");
    Family<Counter> tooOld =
        byType(
            "too_old_samples_total",
            "Total number of out of order samples ingestion failed attempts with out of order"
                + " support enabled, but sample outside of time window.");
    floatsTooOld = tooOld.labels("float");
    histogramsTooOld = tooOld.labels("histogram");
    outOfOrderDelta =
        registry.histogram(
            "prometheus_tsdb_sample_ooo_delta",
            "Delta in seconds by which a sample is considered out of order.",
            OOO_DELTA_BOUNDS);
    gcSeconds =
        registry.summary(
            "prometheus_tsdb_head_gc_duration_seconds",
            "Runtime of garbage collection in the head block.");
    walTruncateSeconds =
        registry.summary(
            "prometheus_tsdb_wal_truncate_duration_seconds", "Duration of WAL truncation.");
    truncations = counter("head_truncations_total", "Total number of head truncations attempted.");
    truncationsFailed =
        counter("head_truncations_failed_total", "Total number of head truncations that failed.");
    checkpointCreations =
        counter("checkpoint_creations_total", "Total number of checkpoint creations attempted.");
    checkpointCreationsFailed =
        counter(
            "checkpoint_creations_failed_total",
            "Total number of checkpoint creations that failed.");
    checkpointDeletions =
        counter("checkpoint_deletions_total", "Total number of checkpoint deletions attempted.");
    checkpointDeletionsFailed =
        counter(
            "checkpoint_deletions_failed_total",
            "Total number of checkpoint deletions that failed.");
    walCorruptions = counter("wal_corruptions_total", "Total number of WAL corruptions.");
    mmapChunkCorruptions =
        counter("mmap_chunk_corruptions_total", "Total number of memory-mapped chunk corruptions.");
    snapshotReplayErrors =
        counter("snapshot_replay_error_total", "Total number snapshot replays that failed.");
    unknownReferences =
        byType(
            "wal_replay_unknown_refs_total",
            "Total number of unknown series references encountered during WAL replay.");
    unknownOutOfOrderReferences =
        byType(
            "wbl_replay_unknown_refs_total",
            "Total number of unknown series references encountered during WBL replay.");
    exemplars = new ExemplarMetrics(registry);
    replaySeconds =
        registry.gauge(
            "prometheus_tsdb_data_replay_duration_seconds",
            "Time taken to replay the data on disk.");
  }

  /** How often the log was found damaged since the start. */
  public long corruptions() {
    return (long) walCorruptions.value();
  }

  /** Counts damages of the log. */
  public void logDamaged(int times) {
    walCorruptions.add((long) times);
  }

  /** Counts a damaged file of head chunks that was deleted. */
  public void headChunksDamaged() {
    mmapChunkCorruptions.inc();
  }

  /** Registers what the head itself is asked for at each scrape. */
  void watch(Head head) {
    gauge("head_series", "Total number of series in the head block.", head.counts()::series);
    gauge("head_chunks", "Total number of chunks in the head block.", head.counts()::chunks);
    gauge(
        "head_stale_series",
        "Total number of stale series in the head block.",
        head.counts()::staleSeries);
    gauge(
        "head_native_histogram_series",
        "Number of series whose most recent in-order sample is a native histogram.",
        head.counts()::histogramSeries);
    gauge(
        "head_native_histogram_buckets",
        "Number of bucket entries in the most recent native histogram sample of each series.",
        head.counts()::histogramBuckets);
    gauge(
        "head_active_appenders",
        "Number of currently active appender transactions",
        () -> head.isolation().openAppenders());
    gauge(
        "head_min_time",
        "Minimum time bound of the head block. The unit is decided by the library consumer.",
        head::minTime);
    gauge(
        "head_max_time",
        "Maximum timestamp of the head block. The unit is decided by the library consumer.",
        head::maxTime);
    registry.gaugeCallback(
        "prometheus_tsdb_head_min_time_seconds",
        "Minimum time bound of the head block.",
        () -> head.minTime() / 1000);
    registry.gaugeCallback(
        "prometheus_tsdb_head_max_time_seconds",
        "Maximum timestamp of the head block.",
        () -> head.maxTime() / 1000);
    gauge(
        "isolation_low_watermark",
        "The lowest TSDB append ID that is still referenced.",
        () -> head.isolation().lowWatermark());
    gauge(
        "isolation_high_watermark",
        "The highest TSDB append ID that has been given out.",
        () -> head.isolation().highWatermark());
    gauge(
        "head_chunks_storage_size_bytes",
        "Size of the chunks_head directory.",
        head.counts()::chunkFilesBytes);
    registry.gaugeCallbacks(
        "narthex_tsdb_head_memory_bytes",
        "Memory taken by the head, by part.",
        values -> head.counts().memory().forEach((part, bytes) -> values.value(bytes, part)),
        "part");
  }

  void chunkCreated() {
    chunksCreated.inc();
  }

  void chunkMapped() {
    chunksMapped.inc();
  }

  void chunkWriteFailed() {
    chunkWritesFailed.inc();
  }

  private Counter counter(String name, String help) {
    return registry.counter("prometheus_tsdb_" + name, help);
  }

  private Family<Counter> byType(String name, String help) {
    return registry.counterFamily("prometheus_tsdb_" + name, help, "type");
  }

  private void gauge(String name, String help, java.util.function.LongSupplier value) {
    registry.gaugeCallback("prometheus_tsdb_" + name, help, value::getAsLong);
  }
}
