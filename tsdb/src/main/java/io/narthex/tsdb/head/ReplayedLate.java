package io.narthex.tsdb.head;

import io.narthex.model.histogram.NativeHistogram;
import java.util.Arrays;

/**
 * Samples that were logged during the replay, and of which the replay finds that they do not go
 * behind the newest of their series. Whoever sent them was told that they are kept, so they are
 * judged now as a commit would have done.
 */
final class ReplayedLate {
  private final Head head;
  private long[] refs = new long[64];
  private long[] times = new long[64];
  private double[] values = new double[64];
  private long[] starts = new long[64];
  private int size;
  private final HistogramColumns histograms = new HistogramColumns();
  private boolean catchingUp;

  ReplayedLate(Head head) {
    this.head = head;
  }

  /** What comes from here on was logged during the replay. */
  void beginCatchingUp() {
    catchingUp = true;
  }

  /** Takes a float where it is late. */
  boolean take(long ref, long t, double value, long start) {
    if (!isLate(ref, t)) {
      return false;
    }
    if (size == refs.length) {
      refs = Arrays.copyOf(refs, 2 * size);
      times = Arrays.copyOf(times, 2 * size);
      values = Arrays.copyOf(values, 2 * size);
      starts = Arrays.copyOf(starts, 2 * size);
    }
    refs[size] = ref;
    times[size] = t;
    starts[size] = start;
    values[size++] = value;
    return true;
  }

  /** Takes a histogram where it is late. */
  boolean take(long ref, long t, NativeHistogram h, long start) {
    if (!isLate(ref, t)) {
      return false;
    }
    histograms.add(ref, t, h, start);
    return true;
  }

  private boolean isLate(long ref, long t) {
    if (!catchingUp || head.appendLimits().window() == 0) {
      return false;
    }
    int row = head.refs.row(ref);
    return row >= 0 && (t < head.minValidTime() || t <= head.table.hot(row, SeriesTable.LAST_T));
  }

  /** Puts them where they belong; under the commit lock, when the head's times are known. */
  void finish() {
    OutOfOrderCommit commit = new OutOfOrderCommit(head);
    commit.begin(head.appendLimits());
    for (int i = 0; i < size; i++) {
      int row = head.refs.row(refs[i]);
      commit.take(row, times[i], Double.doubleToRawLongBits(values[i]), starts[i]);
    }
    for (int i = 0; i < histograms.size; i++) {
      int row = head.refs.row(histograms.refs[i]);
      commit.take(row, histograms.times[i], histograms.value(i), histograms.starts[i]);
    }
    histograms.clear();
    commit.finish();
    head.isolation().commit();
  }
}
