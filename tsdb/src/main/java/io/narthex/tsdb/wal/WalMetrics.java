package io.narthex.tsdb.wal;

import io.narthex.client.Counter;
import io.narthex.client.Gauge;
import io.narthex.client.MetricRegistry;
import io.narthex.client.Summary;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * The log's own metrics, named as Prometheus names them: {@code prometheus_tsdb_wal_*}, or {@code
 * prometheus_tsdb_out_of_order_wbl_*} for the out-of-order log.
 */
public final class WalMetrics {
  private static final LongSupplier NO_SIZE = () -> 0;

  final Summary fsyncSeconds;
  final Counter pageFlushes;
  final Counter completedPages;
  final Counter truncationsFailed;
  final Counter truncations;
  final Gauge currentSegment;
  final Counter writesFailed;
  final Counter recordPartWrites;
  final Counter recordPartBytes;
  final Optional<Counter> bytesSaved;
  final AtomicReference<LongSupplier> size = new AtomicReference<>(NO_SIZE);

  private WalMetrics(MetricRegistry registry, String prefix, WalCompression compression) {
    fsyncSeconds =
        registry.summary(
            prefix + "fsync_duration_seconds", "Duration of write log fsync.", 0.5, 0.9, 0.99);
    pageFlushes = registry.counter(prefix + "page_flushes_total", "Total number of page flushes.");
    completedPages =
        registry.counter(prefix + "completed_pages_total", "Total number of completed pages.");
    truncationsFailed =
        registry.counter(
            prefix + "truncations_failed_total",
            "Total number of write log truncations that failed.");
    truncations =
        registry.counter(
            prefix + "truncations_total", "Total number of write log truncations attempted.");
    currentSegment =
        registry.gauge(
            prefix + "segment_current",
            "Write log segment index that TSDB is currently writing to.");
    writesFailed =
        registry.counter(
            prefix + "writes_failed_total", "Total number of write log writes that failed.");
    recordPartWrites =
        registry.counter(
            prefix + "record_part_writes_total",
            "Total number of record parts written before flushing.");
    recordPartBytes =
        registry.counter(
            prefix + "record_parts_bytes_written_total",
            "Total number of record part bytes written before flushing, including CRC and"
                + " compression headers.");
    bytesSaved = bytesSaved(registry, prefix, compression);
    registry.gaugeCallback(
        prefix + "storage_size_bytes",
        "Size of the write log directory.",
        () -> size.get().getAsLong());
  }

  private static Optional<Counter> bytesSaved(
      MetricRegistry registry, String prefix, WalCompression compression) {
    var family =
        registry.counterFamily(
            prefix + "record_bytes_saved_total",
            "Total number of bytes saved by the optional record compression. Use this metric to"
                + " learn about the effectiveness compression.",
            "compression");
    return compression == WalCompression.NONE
        ? Optional.empty()
        : Optional.of(family.labels(compression.flag()));
  }

  /** Metrics of the write-ahead log; once for each registry. */
  public static WalMetrics wal(MetricRegistry registry, WalCompression compression) {
    return new WalMetrics(registry, "prometheus_tsdb_wal_", compression);
  }

  /** Metrics of the out-of-order log; once for each registry. */
  public static WalMetrics outOfOrder(MetricRegistry registry, WalCompression compression) {
    return new WalMetrics(registry, "prometheus_tsdb_out_of_order_wbl_", compression);
  }

  /** Metrics that nobody sees. */
  public static WalMetrics unregistered() {
    return wal(new MetricRegistry(), WalCompression.NONE);
  }
}
