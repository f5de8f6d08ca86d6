package io.narthex.tsdb.head;

import io.narthex.model.histogram.NativeHistogram;
import io.narthex.model.value.StaleMarker;
import io.narthex.storage.StorageException;
import io.narthex.tsdb.encoding.ByteWriter;
import io.narthex.tsdb.wal.RecordEncoder;
import io.narthex.tsdb.wal.RecordType;
import io.narthex.tsdb.wal.StartTimeItems;
import io.narthex.tsdb.wal.WalWriter;
import java.util.Optional;

/**
 * Writes a batch to the log, then to the rows. Everything here runs under the commit lock, so that
 * the log and the rows have batches in the same order: else a replay would drop, as out of order,
 * samples that were accepted.
 */
final class Committer {
  private final Head head;
  private final ByteWriter series = new ByteWriter(1024);
  private final ByteWriter samples = new ByteWriter(16 << 10);
  private final HistogramRecords histograms = new HistogramRecords();
  private final OutOfOrderCommit outOfOrder;
  private final ByteWriter exemplars = new ByteWriter(16);
  private final StartTimeItems items = new StartTimeItems();
  private final ByteWriter metadata = new ByteWriter(16);

  /** Why a logged sample could not be added: its chunk cannot grow and not be moved to disk. */
  private Optional<StorageException> failure = Optional.empty();

  /** What the running commit has added. */
  private long floatsAdded;

  private long histogramsAdded;
  private long mint;
  private long maxt;

  Committer(Head head) {
    this.head = head;
    this.outOfOrder = new OutOfOrderCommit(head);
  }

  void commit(Batch batch) {
    resolve(batch);
    for (int part = 0; part < batch.parts(); part++) {
      log(batch, part);
    }
    if (head.isReplaying()) {
      // The replay reads it from the log, after what is older.
      head.outOfOrderLog.whileReplaying(batch, head.refs);
      return;
    }
    failure = Optional.empty();
    outOfOrder.begin(batch.limits);
    apply(batch);
    finishOutOfOrder();
    head.isolation().commit();
    if (failure.isPresent()) {
      throw failure.get();
    }
  }

  /**
   * Finds the rows; series that were taken out since their append come back under a new reference.
   */
  private void resolve(Batch batch) {
    RefMap refs = head.refs;
    // Prometheus must find a series under one reference only.
    boolean many = head.series.hasAliases();
    for (int i = 0; i < batch.size; i++) {
      int row = refs.row(batch.refs[i]);
      if (head.table.hasFlag(row, SeriesTable.FLAG_DEAD)) {
        batch.refs[i] = revive(row);
        row = refs.row(batch.refs[i]);
      }
      batch.rows[i] = row;
      if (many) {
        batch.refs[i] = head.table.ref(row);
      }
    }
    for (int i = 0; i < batch.histograms.size; i++) {
      int row = refs.row(batch.histograms.refs[i]);
      if (head.table.hasFlag(row, SeriesTable.FLAG_DEAD)) {
        batch.histograms.refs[i] = revive(row);
      } else if (many) {
        batch.histograms.refs[i] = head.table.ref(row);
      }
    }
    batch.exemplars.resolve(head);
    batch.metadata.resolve(head);
  }

  private long revive(int row) {
    return head.series.getOrCreate(head.series.lockedLabels(row));
  }

  private void log(Batch batch, int part) {
    Optional<WalWriter> wal = head.wal();
    int created = encodeNewSeries();
    samples.clear();
    int from = batch.floatsOf(part);
    int count = batch.floatsOf(part + 1) - from;
    boolean starts = head.writer.format().startsInLog();
    if (count > 0 && starts) {
      items.samples(samples, batch.refs, batch.times, batch.starts(), batch.values, from, count);
    } else if (count > 0) {
      RecordEncoder.samples(samples, batch.refs, batch.times, batch.values, from, count);
    }
    histograms.encode(
        batch.histograms, batch.histogramsOf(part), batch.histogramsOf(part + 1), starts);
    metadata.clear();
    if (part == 0) {
      batch.metadata.encode(metadata);
    }
    exemplars.clear();
    if (part + 1 == batch.parts()) {
      batch.exemplars.encode(exemplars);
    }
    if (wal.isPresent()) {
      wal.get()
          .log(
              series,
              metadata,
              samples,
              histograms.integers(),
              histograms.customIntegers(),
              histograms.floats(),
              histograms.customFloats(),
              // Who follows the log must not learn of an exemplar before its series' samples.
              exemplars);
    }
    if (created > 0) {
      head.indexLock.writeLock().lock();
      try {
        head.newSeries.logged(created);
      } finally {
        head.indexLock.writeLock().unlock();
      }
    }
  }

  private int encodeNewSeries() {
    series.clear();
    if (head.newSeries.isEmpty()) {
      return 0;
    }
    head.indexLock.readLock().lock();
    try {
      int created = head.newSeries.size();
      RecordEncoder.begin(series, RecordType.SERIES);
      for (int i = 0; i < created; i++) {
        int row = head.newSeries.row(i);
        // Where nothing could be logged for long, truncation may have freed the row.
        if (head.table.labels(row) != -1) {
          RecordEncoder.series(series, head.newSeries.ref(i), head.series.labels(row));
        }
      }
      return created;
    } finally {
      head.indexLock.readLock().unlock();
    }
  }

  private void apply(Batch batch) {
    mint = Long.MAX_VALUE;
    maxt = Long.MIN_VALUE;
    floatsAdded = 0;
    histogramsAdded = 0;
    HistogramColumns histogramsOf = batch.histograms;
    for (int part = 0; part < batch.parts(); part++) {
      for (int i = batch.floatsOf(part); i < batch.floatsOf(part + 1); i++) {
        tryAppend(batch.limits, batch.rows[i], batch.times[i], batch.values[i], batch.start(i));
      }
      for (int i = batch.histogramsOf(part); i < batch.histogramsOf(part + 1); i++) {
        int row = head.refs.row(histogramsOf.refs[i]);
        tryAppend(
            batch.limits,
            row,
            histogramsOf.times[i],
            histogramsOf.value(i),
            histogramsOf.starts[i]);
      }
    }
    if (mint <= maxt) {
      head.times.extend(mint, maxt);
    }
    head.metrics.floatsAppended.add(floatsAdded);
    head.metrics.histogramsAppended.add(histogramsAdded);
    batch.exemplars.apply(head);
    batch.metadata.apply(head);
  }

  private void tryAppend(AppendLimits limits, int row, long t, double value, long start) {
    long bits = Double.doubleToRawLongBits(value);
    try {
      if (!limits.isLate(t, head.table.hot(row, SeriesTable.LAST_T))) {
        append(row, t, bits, start);
      } else if (outOfOrder.take(row, t, bits, start)) {
        floatsAdded++;
      }
    } catch (StorageException e) {
      failure = Optional.of(e);
    }
  }

  private void tryAppend(AppendLimits limits, int row, long t, NativeHistogram h, long start) {
    try {
      if (!limits.isLate(t, head.table.hot(row, SeriesTable.LAST_T))) {
        append(row, t, h, start);
      } else if (outOfOrder.take(row, t, h, start)) {
        histogramsAdded++;
      }
    } catch (StorageException e) {
      failure = Optional.of(e);
    }
  }

  private void finishOutOfOrder() {
    try {
      outOfOrder.finish();
    } catch (StorageException e) {
      failure = Optional.of(e);
    }
  }

  private void append(int row, long t, long valueBits, long start) {
    SeriesTable table = head.table;
    long[] columns = table.hot(row);
    int base = SeriesTable.base(row);
    long before = columns[base + SeriesTable.LAST_T];
    boolean wasStale = columns[base + SeriesTable.LAST_V] == StaleMarker.BITS;
    boolean wasHistogram = (columns[base + SeriesTable.HEAD] & SeriesTable.FLAG_HISTOGRAM) != 0;
    boolean isStale = valueBits == StaleMarker.BITS;
    if (isStale && wasHistogram) {
      append(row, t, head.histogramWriter.staleMarker(row), start);
      return;
    }
    long position = head.isolation().next(before, columns[base + SeriesTable.LOG]);
    head.writer.append(row, t, valueBits, start, position);
    if (wasStale != isStale || wasHistogram) {
      head.counts.state((isStale ? 1 : 0) - (wasStale ? 1 : 0), wasHistogram ? -1 : 0);
    }
    floatsAdded++;
    extend(t);
  }

  private void append(int row, long t, NativeHistogram h, long start) {
    SeriesTable table = head.table;
    long before = table.hot(row, SeriesTable.LAST_T);
    boolean wasStale = table.hot(row, SeriesTable.LAST_V) == StaleMarker.BITS;
    boolean wasHistogram = table.hasFlag(row, SeriesTable.FLAG_HISTOGRAM);
    long position = head.isolation().next(before, table.hot(row, SeriesTable.LOG));
    head.histogramWriter.append(row, t, h, start, position);
    head.counts.state((h.isStale() ? 1 : 0) - (wasStale ? 1 : 0), wasHistogram ? 0 : 1);
    histogramsAdded++;
    extend(t);
  }

  private void extend(long t) {
    mint = Math.min(mint, t);
    maxt = Math.max(maxt, t);
  }
}
