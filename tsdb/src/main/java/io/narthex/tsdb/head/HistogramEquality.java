package io.narthex.tsdb.head;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import java.util.Arrays;

/** Whether two histograms are the same sample; counter reset hints do not count. */
final class HistogramEquality {
  private HistogramEquality() {}

  static boolean same(Histogram a, Histogram b) {
    return a.schema() == b.schema()
        && a.zeroCount() == b.zeroCount()
        && a.count() == b.count()
        && bits(a.zeroThreshold()) == bits(b.zeroThreshold())
        && bits(a.sum()) == bits(b.sum())
        && Arrays.equals(a.positiveSpans(), b.positiveSpans())
        && Arrays.equals(a.negativeSpans(), b.negativeSpans())
        && Arrays.equals(a.positiveDeltas(), b.positiveDeltas())
        && Arrays.equals(a.negativeDeltas(), b.negativeDeltas())
        && Arrays.equals(a.customValues(), b.customValues());
  }

  static boolean same(FloatHistogram a, FloatHistogram b) {
    return a.schema() == b.schema()
        && bits(a.zeroCount()) == bits(b.zeroCount())
        && bits(a.count()) == bits(b.count())
        && bits(a.zeroThreshold()) == bits(b.zeroThreshold())
        && bits(a.sum()) == bits(b.sum())
        && Arrays.equals(a.positiveSpans(), b.positiveSpans())
        && Arrays.equals(a.negativeSpans(), b.negativeSpans())
        && Arrays.equals(a.positiveCounts(), b.positiveCounts())
        && Arrays.equals(a.negativeCounts(), b.negativeCounts())
        && Arrays.equals(a.customValues(), b.customValues());
  }

  private static long bits(double value) {
    return Double.doubleToRawLongBits(value);
  }
}
