package io.narthex.promql.syntax;

import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import java.util.Arrays;
import java.util.TreeMap;

/**
 * The next histogram of {@code {{…}}+{{…}}xN}: bucket by bucket, in the coarser schema.
 *
 * <p>It is plain rather than fast, and knows just what scripts need: both histograms have the same
 * zero bucket, or the same custom bounds.
 */
final class HistogramSequence {
  private static final double[] NO_COUNTS = new double[0];

  private HistogramSequence() {}

  /**
   * @param sign 1 to add, -1 to subtract
   * @throws IllegalArgumentException where the layouts do not go together
   */
  static FloatHistogram next(FloatHistogram left, FloatHistogram right, int sign) {
    int schema = Math.min(left.schema(), right.schema());
    if (left.schema() > right.schema()) {
      throw new IllegalArgumentException(
          "error combining histograms: cannot merge from schema "
              + right.schema()
              + " to "
              + left.schema());
    }
    if (left.usesCustomBuckets() != right.usesCustomBuckets()
        || !Arrays.equals(left.customValues(), right.customValues())
        || left.zeroThreshold() != right.zeroThreshold()) {
      throw new IllegalArgumentException(
          "error combining histograms: custom bounds or zero buckets differ");
    }
    int coarser = right.schema() - schema;
    TreeMap<Integer, Double> positive = new TreeMap<>();
    TreeMap<Integer, Double> negative = new TreeMap<>();
    addTo(positive, left.positiveSpans(), left.positiveCounts(), 0, 1);
    addTo(positive, right.positiveSpans(), right.positiveCounts(), coarser, sign);
    addTo(negative, left.negativeSpans(), left.negativeCounts(), 0, 1);
    addTo(negative, right.negativeSpans(), right.negativeCounts(), coarser, sign);
    return new FloatHistogram(
        hint(left.counterResetHint(), right.counterResetHint()),
        schema,
        left.zeroThreshold(),
        left.zeroCount() + sign * right.zeroCount(),
        left.count() + sign * right.count(),
        left.sum() + sign * right.sum(),
        span(positive),
        counts(positive),
        span(negative),
        counts(negative),
        left.customValues());
  }

  private static CounterResetHint hint(CounterResetHint left, CounterResetHint right) {
    if (left == right) {
      return left;
    }
    boolean gauge = left == CounterResetHint.GAUGE || right == CounterResetHint.GAUGE;
    return gauge ? CounterResetHint.GAUGE : CounterResetHint.UNKNOWN;
  }

  private static void addTo(
      TreeMap<Integer, Double> buckets, int[] spans, double[] counts, int coarser, int sign) {
    int index = 0;
    int bucket = 0;
    for (int span = 0; span < spans.length; span += 2) {
      index += spans[span];
      for (int i = 0; i < spans[span + 1]; i++, index++, bucket++) {
        int merged = coarser == 0 ? index : (index - 1 >> coarser) + 1;
        buckets.merge(merged, sign * counts[bucket], Double::sum);
      }
    }
  }

  private static int[] span(TreeMap<Integer, Double> buckets) {
    return buckets.isEmpty()
        ? new int[0]
        : new int[] {buckets.firstKey(), buckets.lastKey() - buckets.firstKey() + 1};
  }

  private static double[] counts(TreeMap<Integer, Double> buckets) {
    if (buckets.isEmpty()) {
      return NO_COUNTS;
    }
    double[] counts = new double[buckets.lastKey() - buckets.firstKey() + 1];
    buckets.forEach((index, count) -> counts[index - buckets.firstKey()] = count);
    return counts;
  }
}
