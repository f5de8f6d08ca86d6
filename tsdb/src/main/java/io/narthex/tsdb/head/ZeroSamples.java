package io.narthex.tsdb.head;

import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import io.narthex.model.histogram.NativeHistogram;

/**
 * Puts a sample of zero to the time since when another one counts, so that queries see what was
 * counted before the first sample. Nothing happens where the series has newer samples: then it has
 * such a zero, or is no new one.
 */
final class ZeroSamples {
  private static final long[] NO_COUNTS = {};
  private static final double[] NO_FLOAT_COUNTS = {};
  private static final int[] NO_SPANS = {};

  private final Head head;
  private final Batch batch;

  ZeroSamples(Head head, Batch batch) {
    this.head = head;
    this.batch = batch;
  }

  /** Adds the zero of a float sample. */
  void addFloat(AppendLimits limits, int row, long ref, long t, long start) {
    if (isWanted(limits, row, t, start)) {
      batch.add(row, ref, start, 0.0, 0);
    }
  }

  /** Adds the zero of a histogram, with its layout: so it needs no chunk of its own. */
  void addHistogram(AppendLimits limits, int row, long ref, long t, NativeHistogram h, long start) {
    if (isWanted(limits, row, t, start)) {
      batch.add(row, ref, start, zero(h), 0);
    }
  }

  private boolean isWanted(AppendLimits limits, int row, long t, long start) {
    return start < t
        && !head.table.hasFlag(row, SeriesTable.FLAG_DEAD)
        && !limits.isLate(start, head.table.hot(row, SeriesTable.LAST_T));
  }

  private static NativeHistogram zero(NativeHistogram histogram) {
    return switch (histogram) {
      case Histogram h ->
          new Histogram(
              CounterResetHint.RESET,
              h.schema(),
              h.zeroThreshold(),
              0,
              0,
              0,
              NO_SPANS,
              NO_COUNTS,
              NO_SPANS,
              NO_COUNTS,
              h.customValues());
      case FloatHistogram h ->
          new FloatHistogram(
              CounterResetHint.RESET,
              h.schema(),
              h.zeroThreshold(),
              0,
              0,
              0,
              NO_SPANS,
              NO_FLOAT_COUNTS,
              NO_SPANS,
              NO_FLOAT_COUNTS,
              h.customValues());
    };
  }
}
