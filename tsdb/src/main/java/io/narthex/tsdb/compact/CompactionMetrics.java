package io.narthex.tsdb.compact;

import io.narthex.client.Counter;
import io.narthex.client.Gauge;
import io.narthex.client.Histogram;
import io.narthex.client.MetricRegistry;

/** {@code prometheus_tsdb_compaction*}; once for each registry. */
public final class CompactionMetrics {
  final Counter ran;
  final Counter vertical;
  final Gauge populating;
  final Histogram durationSeconds;
  private final Histogram chunkBytes;
  private final Histogram chunkSamples;
  private final Histogram chunkRangeSeconds;

  public CompactionMetrics(MetricRegistry registry) {
    ran =
        registry.counter(
            "prometheus_tsdb_compactions_total",
            "Total number of compactions that were executed for the partition.");
    vertical =
        registry.counter(
            "prometheus_tsdb_vertical_compactions_total",
            "Total number of compactions done on overlapping blocks.");
    populating =
        registry.gauge(
            "prometheus_tsdb_compaction_populating_block",
            "Set to 1 when a block is currently being written to the disk.");
    durationSeconds =
        registry.histogram(
            "prometheus_tsdb_compaction_duration_seconds",
            "Duration of compaction runs",
            Histogram.exponentialBounds(1, 2, 14));
    chunkBytes =
        registry.histogram(
            "prometheus_tsdb_compaction_chunk_size_bytes",
            "Final size of chunks on their first compaction",
            Histogram.exponentialBounds(32, 1.5, 12));
    chunkSamples =
        registry.histogram(
            "prometheus_tsdb_compaction_chunk_samples",
            "Final number of samples on their first compaction",
            Histogram.exponentialBounds(4, 1.5, 12));
    chunkRangeSeconds =
        registry.histogram(
            "prometheus_tsdb_compaction_chunk_range_seconds",
            "Final time range of chunks on their first compaction",
            Histogram.exponentialBounds(100, 4, 10));
  }

  /** Notes a block being cut from the head. */
  public void started() {
    populating.set(1);
  }

  /** Notes that the block is written, or was given up. */
  public void finished(long startNanos) {
    populating.set(0);
    ran.inc();
    durationSeconds.observeSince(startNanos);
  }

  /** Notes a chunk of the head that goes to its first block. The range is in milliseconds. */
  public void firstChunk(int bytes, int samples, long rangeMillis) {
    chunkBytes.observe(bytes);
    chunkSamples.observe(samples);
    chunkRangeSeconds.observe(rangeMillis / 1000.0);
  }
}
