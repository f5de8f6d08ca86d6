package io.narthex.tsdb.head;

import io.narthex.model.histogram.NativeHistogram;
import io.narthex.tsdb.encoding.ByteWriter;
import io.narthex.tsdb.wal.RecordEncoder;
import io.narthex.tsdb.wal.RecordType;
import io.narthex.tsdb.wal.StartTimeItems;
import io.narthex.tsdb.wal.WalWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Gathers what one commit adds to the out-of-order log, and writes it there. Runs under the commit
 * lock.
 *
 * <p>A marker says that all samples of its series so far are in a head chunk. So records come in
 * groups of markers and then samples, and a marker opens a new group where its series has samples
 * in the group already.
 *
 * <p>Beside what Prometheus knows there is a record of deletion, which it passes over in this log:
 * its reference is that of a head chunk, its times are that chunk's, and it says that all
 * out-of-order chunks up to this one are in blocks. Else they would come back with a restart, and
 * with them what has been deleted from these blocks.
 */
final class OutOfOrderLog {
  private static final int FIRST_CAPACITY = 256;

  private volatile Optional<WalWriter> log = Optional.empty();
  private final List<ByteWriter> records = new ArrayList<>();
  private final ByteWriter markers = new ByteWriter(64);
  private long[] refs = new long[FIRST_CAPACITY];
  private long[] times = new long[FIRST_CAPACITY];
  private double[] values = new double[FIRST_CAPACITY];
  private long[] starts = new long[FIRST_CAPACITY];
  private int samples;
  private final StartTimeItems items = new StartTimeItems();
  private final HistogramColumns histograms = new HistogramColumns();
  private long replayStart = Long.MAX_VALUE;
  private boolean keepsStarts;

  /** The newest sample by row of those that came during the replay; 0 where there is none. */
  private long[] newest = new long[0];

  private LastCompacted compacted = LastCompacted.NONE;

  /** Writes there from now on; without a log nothing is gathered. */
  void to(WalWriter writer) {
    log = Optional.of(writer);
  }

  /** Whether records written from now on have start times. */
  void keepStarts(boolean keep) {
    keepsStarts = keep;
  }

  Optional<WalWriter> writer() {
    return log;
  }

  /**
   * Notes that the samples of a series up to now are in head chunks up to a reference; 0 is none,
   * of which nothing needs to be said.
   */
  void marker(long ref, long chunkRef) {
    if (log.isEmpty() || chunkRef == 0) {
      return;
    }
    if (samples > 0 || histograms.size > 0) {
      endGroup();
    }
    if (markers.isEmpty()) {
      RecordEncoder.begin(markers, RecordType.MMAP_MARKERS);
    }
    RecordEncoder.mmapMarker(markers, ref, chunkRef);
  }

  void sample(long ref, long t, long valueBits, long start) {
    if (log.isEmpty()) {
      return;
    }
    if (samples == refs.length) {
      refs = Arrays.copyOf(refs, 2 * samples);
      times = Arrays.copyOf(times, 2 * samples);
      values = Arrays.copyOf(values, 2 * samples);
      starts = Arrays.copyOf(starts, 2 * samples);
    }
    refs[samples] = ref;
    times[samples] = t;
    starts[samples] = start;
    values[samples++] = Double.longBitsToDouble(valueBits);
  }

  void histogram(long ref, long t, NativeHistogram h, long start) {
    if (log.isPresent()) {
      histograms.add(ref, t, h, start);
    }
  }

  LastCompacted compacted() {
    return compacted;
  }

  /** Notes that all out-of-order chunks up to one are in blocks; may run beside a commit. */
  void compacted(LastCompacted last) {
    compacted = last;
    if (log.isPresent() && last.chunkRef() != 0) {
      ByteWriter record = new ByteWriter(32);
      RecordEncoder.begin(record, RecordType.TOMBSTONES);
      RecordEncoder.tombstone(record, last.chunkRef(), last.mint(), last.maxt());
      log.get().log(record);
    }
  }

  /** Batches of the replay's time are known to be in order only where they are newer than it. */
  void replayStarts(long nowMillis) {
    replayStart = nowMillis;
  }

  /**
   * Logs what may be late of a batch that the replay will read from the write-ahead log: after a
   * crash before the end of the replay, only this log tells that it was accepted.
   *
   * @param rows finds the row of a reference
   */
  void whileReplaying(Batch batch, RefMap rows) {
    if (batch.limits.window() == 0) {
      return;
    }
    for (int i = 0; i < batch.size; i++) {
      if (mayBeLate(batch.rows[i], batch.times[i])) {
        long bits = Double.doubleToRawLongBits(batch.values[i]);
        sample(batch.refs[i], batch.times[i], bits, batch.start(i));
      }
    }
    HistogramColumns columns = batch.histograms;
    for (int i = 0; i < columns.size; i++) {
      if (mayBeLate(rows.row(columns.refs[i]), columns.times[i])) {
        histogram(columns.refs[i], columns.times[i], columns.value(i), columns.starts[i]);
      }
    }
    flush();
  }

  /** Against the log, which has nothing from after the start, and against what came since. */
  private boolean mayBeLate(int row, long t) {
    if (row >= newest.length) {
      newest = Arrays.copyOf(newest, Math.max(FIRST_CAPACITY, 2 * row));
    }
    if (t >= replayStart && t > newest[row]) {
      newest[row] = t;
      return false;
    }
    return true;
  }

  /** From here on rows tell what is late. */
  void replayEnds() {
    newest = new long[0];
  }

  /**
   * Hands everything to the operating system. What cannot be written now goes before the next: the
   * samples are in memory already, and who sends them again is told only then that they are kept.
   *
   * @throws io.narthex.storage.StorageException where it cannot be written
   */
  void flush() {
    endGroup();
    if (!records.isEmpty() && log.isPresent()) {
      log.get().log(records.toArray(new ByteWriter[0]));
      records.clear();
    }
  }

  private void endGroup() {
    addCopy(markers);
    markers.clear();
    if (samples > 0) {
      ByteWriter record = new ByteWriter(32 + 12 * samples);
      if (keepsStarts) {
        items.samples(record, refs, times, starts, values, 0, samples);
      } else {
        RecordEncoder.samples(record, refs, times, values, 0, samples);
      }
      records.add(record);
      samples = 0;
    }
    if (histograms.size > 0) {
      HistogramRecords encoded = new HistogramRecords();
      encoded.encode(histograms, 0, histograms.size, keepsStarts);
      addCopy(encoded.integers());
      addCopy(encoded.customIntegers());
      addCopy(encoded.floats());
      addCopy(encoded.customFloats());
      histograms.clear();
    }
  }

  private void addCopy(ByteWriter record) {
    if (!record.isEmpty()) {
      ByteWriter copy = new ByteWriter(record.length());
      copy.bytes(record);
      records.add(copy);
    }
  }
}
