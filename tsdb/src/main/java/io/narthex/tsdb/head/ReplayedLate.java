package io.narthex.tsdb.head;

import io.narthex.model.histogram.NativeHistogram;
import java.util.Arrays;

/**
 * Samples that were logged during a replay, this one or one that a crash has ended, and of which
 * the replay finds that they do not go behind the newest of their series. Whoever sent them was
 * told that they are kept, so they are judged now as a commit would have done at their place in the
 * log.
 */
final class ReplayedLate {
  private final Head head;
  private final ReplayTally tally;
  private final long window;
  private long[] refs = new long[64];
  private long[] times = new long[64];
  private double[] values = new double[64];
  private long[] starts = new long[64];
  private int size;
  private final HistogramColumns histograms = new HistogramColumns();
  private boolean collecting;

  ReplayedLate(Head head, ReplayTally tally) {
    this.head = head;
    this.tally = tally;
    this.window = head.times.appendLimits().window();
  }

  /** What comes from here on was logged during a replay. */
  void begin() {
    collecting = window > 0;
  }

  /** Takes a float where it is late. */
  boolean take(long ref, long t, double value, long start) {
    if (!isLate(ref, t)) {
      return false;
    }
    if (!isAdmitted(ref, t)) {
      return true;
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
    if (!isAdmitted(ref, t)) {
      return true;
    }
    histograms.add(ref, t, h, start);
    return true;
  }

  private boolean isLate(long ref, long t) {
    if (!collecting) {
      return false;
    }
    int row = head.refs.row(ref);
    return row >= 0 && (t < head.minValidTime() || t <= newest(row));
  }

  private boolean isAdmitted(long ref, long t) {
    boolean same = t >= head.minValidTime() && t == newest(head.refs.row(ref));
    long newest = tally.maxTime();
    return !same && (newest == Long.MIN_VALUE || t >= newest - window);
  }

  private long newest(int row) {
    return head.table.hot(row, SeriesTable.LAST_T);
  }

  /** Puts them where they belong; under the commit lock, when the head's times are known. */
  void finish() {
    OutOfOrderCommit commit = new OutOfOrderCommit(head);
    // None is too old: all were admitted when they were read.
    commit.begin(new AppendLimits(head.minValidTime(), Long.MIN_VALUE + window, window));
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
