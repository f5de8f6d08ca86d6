package io.narthex.tsdb.head;

import io.narthex.model.labels.Labels;
import io.narthex.model.value.StaleMarker;
import io.narthex.storage.StorageException;
import io.narthex.tsdb.encoding.ByteWriter;
import io.narthex.tsdb.wal.RecordEncoder;
import io.narthex.tsdb.wal.RecordType;
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

  /** Why a logged sample could not be added: its chunk cannot grow and not be moved to disk. */
  private Optional<StorageException> failure = Optional.empty();

  Committer(Head head) {
    this.head = head;
  }

  void commit(Batch batch) {
    resolve(batch);
    log(batch);
    if (head.isReplaying()) {
      // The replay reads it from the log, after what is older.
      return;
    }
    failure = Optional.empty();
    apply(batch);
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
    for (int i = 0; i < batch.size; i++) {
      int row = refs.row(batch.refs[i]);
      if (head.table.hasFlag(row, SeriesTable.FLAG_DEAD)) {
        batch.refs[i] = revive(row);
        row = refs.row(batch.refs[i]);
      }
      batch.rows[i] = row;
    }
    for (int i = 0; i < batch.histograms.size(); i++) {
      HistogramSample sample = batch.histograms.get(i);
      int row = refs.row(sample.ref());
      if (head.table.hasFlag(row, SeriesTable.FLAG_DEAD)) {
        batch.histograms.set(i, sample.withRef(revive(row)));
      }
    }
  }

  private long revive(int row) {
    head.indexLock.readLock().lock();
    Labels labels;
    try {
      labels = head.labels(row);
    } finally {
      head.indexLock.readLock().unlock();
    }
    return head.getOrCreate(labels);
  }

  private void log(Batch batch) {
    Optional<WalWriter> wal = head.wal();
    int created = encodeNewSeries();
    samples.clear();
    if (batch.size > 0) {
      RecordEncoder.samples(samples, batch.refs, batch.times, batch.values, 0, batch.size);
    }
    histograms.encode(batch.histograms);
    if (wal.isPresent()) {
      wal.get()
          .log(
              series,
              samples,
              histograms.integers(),
              histograms.customIntegers(),
              histograms.floats(),
              histograms.customFloats());
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
      int[] rows = head.newSeries.copy();
      RecordEncoder.begin(series, RecordType.SERIES);
      for (int row : rows) {
        // Where nothing could be logged for long, truncation may have freed the row.
        if (head.table.labels(row) != -1) {
          RecordEncoder.series(series, head.table.ref(row), head.labels(row));
        }
      }
      return rows.length;
    } finally {
      head.indexLock.readLock().unlock();
    }
  }

  private void apply(Batch batch) {
    long mint = Long.MAX_VALUE;
    long maxt = Long.MIN_VALUE;
    long appended = 0;
    for (int i = 0; i < batch.size; i++) {
      long t = batch.times[i];
      if (tryAppend(batch.rows[i], t, Double.doubleToRawLongBits(batch.values[i]))) {
        appended++;
        mint = Math.min(mint, t);
        maxt = Math.max(maxt, t);
      }
    }
    long appendedHistograms = 0;
    for (int i = 0; i < batch.histograms.size(); i++) {
      HistogramSample sample = batch.histograms.get(i);
      if (tryAppend(head.refs.row(sample.ref()), sample)) {
        appendedHistograms++;
        mint = Math.min(mint, sample.timestampMillis());
        maxt = Math.max(maxt, sample.timestampMillis());
      }
    }
    if (mint <= maxt) {
      head.extend(mint, maxt);
    }
    head.metrics.floatsAppended.add(appended);
    head.metrics.histogramsAppended.add(appendedHistograms);
    head.metrics.floatsOutOfOrder.add(batch.size - appended);
    head.metrics.histogramsOutOfOrder.add(batch.histograms.size() - appendedHistograms);
  }

  private boolean tryAppend(int row, long t, long valueBits) {
    try {
      return append(row, t, valueBits);
    } catch (StorageException e) {
      failure = Optional.of(e);
      return false;
    }
  }

  private boolean tryAppend(int row, HistogramSample sample) {
    try {
      return append(row, sample);
    } catch (StorageException e) {
      failure = Optional.of(e);
      return false;
    }
  }

  private boolean append(int row, long t, long valueBits) {
    SeriesTable table = head.table;
    long[] columns = table.hot(row);
    int base = SeriesTable.base(row);
    long before = columns[base + SeriesTable.LAST_T];
    if (t <= before) {
      return false;
    }
    boolean wasStale = columns[base + SeriesTable.LAST_V] == StaleMarker.BITS;
    boolean wasHistogram = (columns[base + SeriesTable.HEAD] & SeriesTable.FLAG_HISTOGRAM) != 0;
    long position = head.isolation().next(before, columns[base + SeriesTable.LOG]);
    head.writer.append(row, t, valueBits, position);
    boolean isStale = valueBits == StaleMarker.BITS;
    if (wasStale != isStale || wasHistogram) {
      head.countState((isStale ? 1 : 0) - (wasStale ? 1 : 0), wasHistogram ? -1 : 0);
    }
    return true;
  }

  private boolean append(int row, HistogramSample sample) {
    SeriesTable table = head.table;
    long before = table.hot(row, SeriesTable.LAST_T);
    long t = sample.timestampMillis();
    if (t <= before) {
      return false;
    }
    boolean wasStale = table.hot(row, SeriesTable.LAST_V) == StaleMarker.BITS;
    boolean wasHistogram = table.hasFlag(row, SeriesTable.FLAG_HISTOGRAM);
    long position = head.isolation().next(before, table.hot(row, SeriesTable.LOG));
    head.writer.closeFloats(row);
    head.histograms.computeIfAbsent(row, r -> new HistogramSamples()).add(sample);
    head.writer.appendedHistogram(row, t, sample.sum(), position);
    boolean isStale = StaleMarker.is(sample.sum());
    head.countState((isStale ? 1 : 0) - (wasStale ? 1 : 0), wasHistogram ? 0 : 1);
    return true;
  }
}
