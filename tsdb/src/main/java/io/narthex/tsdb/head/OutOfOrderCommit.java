package io.narthex.tsdb.head;

import io.narthex.model.histogram.NativeHistogram;
import io.narthex.model.value.StaleMarker;
import io.narthex.storage.StorageException;

/**
 * The part of a commit that takes samples which do not go behind the newest of their series. Runs
 * under the commit lock.
 */
final class OutOfOrderCommit {
  private static final long NONE = -1;

  private final Head head;
  private AppendLimits limits = new AppendLimits(0, 0, 0);

  /** Where the isolation log has all samples out of order of this commit. */
  private long position = NONE;

  /** Whether there are markers that are not in the log yet. */
  private boolean marked;

  private long mint;
  private long maxt;
  private final Counts floats = new Counts();
  private final Counts histograms = new Counts();

  private static final class Counts {
    private long accepted;
    private long outOfOrder;
    private long tooOld;
    private long outOfBounds;

    void clear() {
      accepted = 0;
      outOfOrder = 0;
      tooOld = 0;
      outOfBounds = 0;
    }
  }

  OutOfOrderCommit(Head head) {
    this.head = head;
  }

  void begin(AppendLimits newLimits) {
    limits = newLimits;
    position = NONE;
    mint = Long.MAX_VALUE;
    maxt = Long.MIN_VALUE;
    floats.clear();
    histograms.clear();
  }

  /** Takes a float for which {@link AppendLimits#isLate} holds; false where it is not kept. */
  boolean take(int row, long t, long valueBits, long start) {
    if (valueBits == StaleMarker.BITS && head.table.hasFlag(row, SeriesTable.FLAG_HISTOGRAM)) {
      return take(row, t, head.histogramWriter.staleMarker(row), start);
    }
    if (!admit(row, t, floats)) {
      return false;
    }
    long ref = head.table.ref(row);
    OutOfOrderSeries series = series(row);
    prepare(ref, series);
    if (!series.insert(t, valueBits, start, position())) {
      return false;
    }
    head.outOfOrderLog.sample(ref, t, valueBits, start);
    head.tombstones.except(ref, t);
    count(t, floats);
    return true;
  }

  /** Takes a histogram in the same way. */
  boolean take(int row, long t, NativeHistogram h, long start) {
    if (!admit(row, t, histograms)) {
      return false;
    }
    long ref = head.table.ref(row);
    OutOfOrderSeries series = series(row);
    prepare(ref, series);
    if (!series.insert(t, h, start, position())) {
      return false;
    }
    head.outOfOrderLog.histogram(ref, t, h, start);
    head.tombstones.except(ref, t);
    count(t, histograms);
    return true;
  }

  private boolean admit(int row, long t, Counts counts) {
    switch (limits.judge(t, head.table.hot(row, SeriesTable.LAST_T))) {
      case LATE -> {
        return true;
      }
      case OUT_OF_ORDER -> counts.outOfOrder++;
      case TOO_OLD -> counts.tooOld++;
      case OUT_OF_BOUNDS -> counts.outOfBounds++;
      case SAME_TIME, IN_ORDER -> {}
    }
    return false;
  }

  private void prepare(long ref, OutOfOrderSeries series) {
    if (head.outOfOrderWriter.prepare(ref, series) && series.lastCut() != 0) {
      head.outOfOrderLog.marker(ref, series.lastCut());
      marked = true;
    }
  }

  private OutOfOrderSeries series(int row) {
    OutOfOrderSeries known = head.outOfOrder.get(row);
    if (known != null) {
      return known;
    }
    OutOfOrderSeries created = new OutOfOrderSeries();
    head.addOutOfOrder(row, created);
    return created;
  }

  private long position() {
    if (position == NONE) {
      position = head.isolation().next(Long.MIN_VALUE, NONE);
      head.outOfOrderWriter.lowWatermark(head.isolation().lowWatermark());
    }
    return position;
  }

  private void count(long t, Counts counts) {
    counts.accepted++;
    mint = Math.min(mint, t);
    maxt = Math.max(maxt, t);
  }

  /**
   * Writes the log, also what an earlier commit could not write.
   *
   * @throws StorageException where that fails
   */
  void finish() {
    if (mint <= maxt) {
      head.times.outOfOrder().extend(mint, maxt);
    }
    head.metrics.floatsLate.add(floats.accepted);
    head.metrics.histogramsLate.add(histograms.accepted);
    head.metrics.floatsOutOfOrder.add(floats.outOfOrder);
    head.metrics.histogramsOutOfOrder.add(histograms.outOfOrder);
    head.metrics.floatsTooOld.add(floats.tooOld);
    head.metrics.histogramsTooOld.add(histograms.tooOld);
    head.metrics.floatsOutOfBounds.add(floats.outOfBounds);
    head.metrics.histogramsOutOfBounds.add(histograms.outOfBounds);
    if (marked) {
      // A marker takes samples from the log, so the chunk that has them must outlive a crash: where
      // it did not, the marker would be believed once the file is gone that it should be in.
      head.files.flush();
    }
    head.outOfOrderLog.flush();
    marked = false;
  }
}
