package io.narthex.model.histogram;

import java.util.Arrays;

/**
 * Whether two histograms are the same sample, as Prometheus sees it: kind, schema, bounds, counts
 * and sum, NaNs by their bits. Counter reset hints do not count, and spans without buckets neither;
 * otherwise the same buckets in other spans are not the same.
 */
public final class HistogramEquality {
  private HistogramEquality() {}

  public static boolean same(NativeHistogram a, NativeHistogram b) {
    return a.schema() == b.schema()
        && bits(a.sum()) == bits(b.sum())
        && a.zeroThreshold() == b.zeroThreshold()
        && (!a.usesCustomBuckets() || Arrays.equals(a.customValues(), b.customValues()))
        && sameCounts(a, b)
        && sameSpans(a.positiveSpans(), b.positiveSpans())
        && sameSpans(a.negativeSpans(), b.negativeSpans());
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
              && sameBits(a.positiveCounts(), b.positiveCounts())
              && sameBits(a.negativeCounts(), b.negativeCounts());
    };
  }

  private static boolean sameBits(double[] a, double[] b) {
    if (a.length != b.length) {
      return false;
    }
    for (int i = 0; i < a.length; i++) {
      if (bits(a[i]) != bits(b[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameSpans(int[] a, int[] b) {
    return Arrays.equals(a, b) || Arrays.equals(withoutEmpty(a), withoutEmpty(b));
  }

  private static int[] withoutEmpty(int[] spans) {
    int[] kept = new int[spans.length];
    int n = 0;
    int skipped = 0;
    for (int i = 0; i < spans.length; i += 2) {
      if (spans[i + 1] == 0) {
        skipped += spans[i];
      } else {
        kept[n++] = spans[i] + skipped;
        kept[n++] = spans[i + 1];
        skipped = 0;
      }
    }
    return Arrays.copyOf(kept, n);
  }

  private static long bits(double value) {
    return Double.doubleToRawLongBits(value);
  }
}
