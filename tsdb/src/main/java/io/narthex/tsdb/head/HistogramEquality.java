package io.narthex.tsdb.head;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import io.narthex.model.histogram.NativeHistogram;
import io.narthex.tsdb.chunk.Spans;
import java.util.Arrays;

/**
 * Whether two histograms are the same sample: kind, counts, bounds and sum, NaNs by their bits.
 * Counter reset hints do not count, nor how spans describe the same buckets.
 */
final class HistogramEquality {
  private HistogramEquality() {}

  static boolean same(NativeHistogram a, NativeHistogram b) {
    if (a.isStale() && b.isStale()) {
      return a.getClass() == b.getClass();
    }
    return a.schema() == b.schema()
        && bits(a.sum()) == bits(b.sum())
        && a.zeroThreshold() == b.zeroThreshold()
        && sameSpans(a.positiveSpans(), b.positiveSpans())
        && sameSpans(a.negativeSpans(), b.negativeSpans())
        && Arrays.equals(a.customValues(), b.customValues())
        && sameCounts(a, b);
  }

  private static boolean sameCounts(NativeHistogram first, NativeHistogram second) {
    return switch (first) {
      case Histogram a ->
          second instanceof Histogram b
              && a.zeroCount() == b.zeroCount()
              && a.count() == b.count()
              && Arrays.equals(a.positiveDeltas(), b.positiveDeltas())
              && Arrays.equals(a.negativeDeltas(), b.negativeDeltas());
      case FloatHistogram a ->
          second instanceof FloatHistogram b
              && bits(a.zeroCount()) == bits(b.zeroCount())
              && bits(a.count()) == bits(b.count())
              && Arrays.equals(a.positiveCounts(), b.positiveCounts())
              && Arrays.equals(a.negativeCounts(), b.negativeCounts());
    };
  }

  private static boolean sameSpans(int[] a, int[] b) {
    return Arrays.equals(a, b) || Arrays.equals(Spans.joined(a), Spans.joined(b));
  }

  private static long bits(double value) {
    return Double.doubleToRawLongBits(value);
  }
}
