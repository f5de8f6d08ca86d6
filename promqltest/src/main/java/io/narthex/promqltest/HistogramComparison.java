package io.narthex.promqltest;

import io.narthex.model.histogram.FloatHistogram;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Whether two histograms say the same. */
final class HistogramComparison {
  private HistogramComparison() {}

  /** Every field alike; only the hint about counter resets does not count. */
  static boolean identical(FloatHistogram a, FloatHistogram b) {
    return a.schema() == b.schema()
        && same(a.zeroThreshold(), b.zeroThreshold())
        && same(a.zeroCount(), b.zeroCount())
        && same(a.count(), b.count())
        && same(a.sum(), b.sum())
        && Arrays.equals(a.positiveSpans(), b.positiveSpans())
        && Arrays.equals(a.positiveCounts(), b.positiveCounts())
        && Arrays.equals(a.negativeSpans(), b.negativeSpans())
        && Arrays.equals(a.negativeCounts(), b.negativeCounts())
        && Arrays.equals(a.customValues(), b.customValues());
  }

  private static boolean same(double a, double b) {
    return Double.doubleToRawLongBits(a) == Double.doubleToRawLongBits(b);
  }

  /**
   * The same layout, and counts and sum within the tolerance. Empty buckets and how spans are cut
   * do not count.
   */
  static boolean equal(FloatHistogram expected, FloatHistogram actual, boolean compareHint) {
    return expected.schema() == actual.schema()
        && Tolerance.equal(expected.count(), actual.count())
        && Tolerance.equal(expected.sum(), actual.sum())
        && (!expected.usesCustomBuckets()
            || Arrays.equals(expected.customValues(), actual.customValues()))
        && expected.zeroThreshold() == actual.zeroThreshold()
        && Tolerance.equal(expected.zeroCount(), actual.zeroCount())
        && equal(
            buckets(expected.negativeSpans(), expected.negativeCounts()),
            buckets(actual.negativeSpans(), actual.negativeCounts()))
        && equal(
            buckets(expected.positiveSpans(), expected.positiveCounts()),
            buckets(actual.positiveSpans(), actual.positiveCounts()))
        && (!compareHint || expected.counterResetHint() == actual.counterResetHint());
  }

  private static TreeMap<Integer, Double> buckets(int[] spans, double[] counts) {
    TreeMap<Integer, Double> buckets = new TreeMap<>();
    int index = 0;
    int bucket = 0;
    for (int span = 0; span < spans.length; span += 2) {
      index += spans[span];
      for (int i = 0; i < spans[span + 1]; i++, index++, bucket++) {
        if (counts[bucket] != 0) {
          buckets.put(index, counts[bucket]);
        }
      }
    }
    return buckets;
  }

  private static boolean equal(TreeMap<Integer, Double> a, TreeMap<Integer, Double> b) {
    if (!a.keySet().equals(b.keySet())) {
      return false;
    }
    for (Map.Entry<Integer, Double> bucket : a.entrySet()) {
      if (!Tolerance.equal(bucket.getValue(), b.get(bucket.getKey()))) {
        return false;
      }
    }
    return true;
  }
}
