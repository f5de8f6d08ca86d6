package io.narthex.promql.function;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.HistogramBuckets;

/** Variance of the observations in a native histogram, each taken to lie in its bucket's middle. */
public final class HistogramMoments {
  private HistogramMoments() {}

  public static double deviation(FloatHistogram histogram) {
    return Math.sqrt(variance(histogram));
  }

  public static double variance(FloatHistogram histogram) {
    double mean = histogram.sum() / histogram.count();
    HistogramBuckets buckets = new HistogramBuckets(histogram);
    Kahan sum = new Kahan();
    for (int i = 0; i < buckets.size(); i++) {
      double count = buckets.count(i);
      if (count != 0) {
        double delta = middle(histogram, buckets, i) - mean;
        sum.add(count * delta * delta);
      }
    }
    return (sum.sum + sum.compensation) / histogram.count();
  }

  private static double middle(FloatHistogram histogram, HistogramBuckets buckets, int i) {
    double lower = buckets.lower(i);
    double upper = buckets.upper(i);
    if (histogram.usesCustomBuckets()) {
      return (upper + lower) / 2;
    }
    if (lower <= 0 && upper >= 0) {
      return 0;
    }
    double geometric = Math.sqrt(upper * lower);
    return upper < 0 ? -geometric : geometric;
  }
}
