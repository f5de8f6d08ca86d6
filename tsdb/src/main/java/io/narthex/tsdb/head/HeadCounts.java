package io.narthex.tsdb.head;

import io.narthex.model.value.StaleMarker;
import io.narthex.tsdb.wal.WalWriter;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** How much there is in a head: series, chunks, bytes. Thread-safe. */
public final class HeadCounts {
  private final Head head;
  private final AtomicLong staleSeries = new AtomicLong();
  private final AtomicLong histogramSeries = new AtomicLong();

  HeadCounts(Head head) {
    this.head = head;
  }

  /** A series is gone: it counts no more for {@link #state}. */
  void forgetState(int row) {
    boolean stale = head.table.hot(row, SeriesTable.LAST_V) == StaleMarker.BITS;
    boolean histogram = head.table.hasFlag(row, SeriesTable.FLAG_HISTOGRAM);
    state(stale ? -1 : 0, histogram ? -1 : 0);
  }

  /** Counts series whose newest sample is a staleness marker, or a histogram. */
  void state(int staleChange, int histogramChange) {
    if (staleChange != 0) {
      staleSeries.addAndGet(staleChange);
    }
    if (histogramChange != 0) {
      histogramSeries.addAndGet(histogramChange);
    }
  }

  public long series() {
    head.indexLock.readLock().lock();
    try {
      return head.index.size();
    } finally {
      head.indexLock.readLock().unlock();
    }
  }

  /** Open and full chunks. */
  public long chunks() {
    return (long) (head.metrics.chunksCreated.value() - head.metrics.chunksRemoved.value());
  }

  public long staleSeries() {
    return staleSeries.get();
  }

  public long histogramSeries() {
    return histogramSeries.get();
  }

  /** Buckets of the newest histograms of all series. */
  public long histogramBuckets() {
    return head.openHistograms.buckets();
  }

  public long chunkFilesBytes() {
    return head.files.sizeBytes();
  }

  /** Size of both logs on disk. */
  public long logBytes() {
    return head.wal().map(WalWriter::sizeBytes).orElse(0L)
        + head.outOfOrderLog.writer().map(WalWriter::sizeBytes).orElse(0L);
  }

  /** Memory in bytes by part. */
  public Map<String, Long> memory() {
    Map<String, Long> parts = new TreeMap<>();
    head.indexLock.readLock().lock();
    try {
      parts.putAll(head.index.sizes());
      parts.put("labels", head.labelStore.sizeBytes());
      parts.put("symbols", 2 * head.symbols.textBytes() + 60L * head.symbols.size());
      parts.put("series", head.table.sizeBytes() + head.starts.sizeBytes());
      parts.put("chunks", head.slab.sizeBytes() + head.openHistograms.sizeBytes());
      parts.put("exemplars", head.exemplars.sizeBytes());
    } finally {
      head.indexLock.readLock().unlock();
    }
    return parts;
  }
}
