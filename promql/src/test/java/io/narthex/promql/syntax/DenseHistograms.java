package io.narthex.promql.syntax;

import io.narthex.model.histogram.FloatHistogram;
import java.util.TreeMap;

/** Plain reference arithmetic on histograms: bucket by bucket, in the coarser schema. */
final class DenseHistograms implements HistogramArithmetic {
  @Override
  public FloatHistogram add(FloatHistogram left, FloatHistogram right) {
    return combine(left, right, 1);
  }

  @Override
  public FloatHistogram subtract(FloatHistogram left, FloatHistogram right) {
    return combine(left, right, -1);
  }

  private static FloatHistogram combine(FloatHistogram left, FloatHistogram right, int sign) {
    TreeMap<Integer, Double> positive = new TreeMap<>();
    TreeMap<Integer, Double> negative = new TreeMap<>();
    int schema = Math.min(left.schema(), right.schema());
    addTo(positive, left.positiveSpans(), left.positiveCounts(), left.schema() - schema, 1);
    addTo(positive, right.positiveSpans(), right.positiveCounts(), right.schema() - schema, sign);
    addTo(negative, left.negativeSpans(), left.negativeCounts(), left.schema() - schema, 1);
    addTo(negative, right.negativeSpans(), right.negativeCounts(), right.schema() - schema, sign);
    return new FloatHistogram(
        left.counterResetHint(),
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

  private static void addTo(
      TreeMap<Integer, Double> buckets, int[] spans, double[] counts, int coarser, int sign) {
    int index = 0;
    int bucket = 0;
    for (int i = 0; i < spans.length; i += 2) {
      index += spans[i];
      for (int n = 0; n < spans[i + 1]; n++, index++, bucket++) {
        buckets.merge((index - 1 >> coarser) + 1, sign * counts[bucket], Double::sum);
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
      return new double[0];
    }
    double[] counts = new double[buckets.lastKey() - buckets.firstKey() + 1];
    buckets.forEach((index, count) -> counts[index - buckets.firstKey()] = count);
    return counts;
  }
}
