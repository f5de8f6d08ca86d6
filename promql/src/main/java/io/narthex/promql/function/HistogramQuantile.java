package io.narthex.promql.function;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.HistogramBuckets;

/**
 * Quantiles of native histograms, and shares of observations between bounds. Within a bucket,
 * observations are taken to be spread evenly on a logarithmic scale; evenly on the plain one in the
 * zero bucket and in custom buckets.
 *
 * @param note what there is to say about observations that are NaN
 */
public record HistogramQuantile(double value, Note note) {
  /** How NaN among the observations shows in the result. */
  public enum Note {
    NONE,
    /** The result is NaN. */
    NAN,
    /** The result is too high (quantile) or NaN was left out (fraction). */
    SKEWED
  }

  private static HistogramQuantile plain(double value) {
    return new HistogramQuantile(value, Note.NONE);
  }

  /** The quantile; NaN of an empty histogram, infinite beyond [0, 1]. */
  public static HistogramQuantile of(double q, FloatHistogram h) {
    if (q < 0) {
      return plain(Double.NEGATIVE_INFINITY);
    }
    if (q > 1) {
      return plain(Double.POSITIVE_INFINITY);
    }
    if (h.count() == 0 || Double.isNaN(q)) {
      return plain(Double.NaN);
    }
    HistogramBuckets buckets = new HistogramBuckets(h);
    // From the nearer end, except that NaN observations are missing at the upper one.
    boolean upwards = Double.isNaN(h.sum()) || q < 0.5;
    double rank = (upwards ? q : 1 - q) * h.count();
    double count = 0;
    int at = -1;
    int i = upwards ? 0 : buckets.size() - 1;
    for (; i >= 0 && i < buckets.size(); i += upwards ? 1 : -1) {
      at = i;
      if (buckets.count(i) != 0) {
        count += buckets.count(i);
        if (count >= rank) {
          break;
        }
      }
    }
    double lower = at < 0 ? 0 : buckets.lower(at);
    double upper = at < 0 ? 0 : buckets.upper(at);
    if (h.usesCustomBuckets()) {
      if (lower == Double.NEGATIVE_INFINITY) {
        if (upper <= 0) {
          return plain(upper);
        }
        lower = 0;
      } else if (upper == Double.POSITIVE_INFINITY) {
        return plain(lower);
      }
    } else if (lower < 0 && upper > 0) {
      if (hasOnlyPositive(h)) {
        lower = 0;
      } else if (hasOnlyNegative(h)) {
        upper = 0;
      }
    }
    count = Math.min(count, h.count());
    if (count < rank) {
      return Double.isNaN(h.sum()) ? new HistogramQuantile(Double.NaN, Note.NAN) : plain(upper);
    }
    double inBucket = at < 0 ? 0 : buckets.count(at);
    rank = upwards ? rank - (count - inBucket) : count - rank;
    Note note = Double.isNaN(h.sum()) ? skew(buckets, at, count, h) : Note.NONE;
    return new HistogramQuantile(
        interpolate(lower, upper, rank / inBucket, h.usesCustomBuckets()), note);
  }

  private static Note skew(HistogramBuckets buckets, int at, double count, FloatHistogram h) {
    double all = count;
    for (int i = at + 1; i < buckets.size(); i++) {
      all += buckets.count(i);
    }
    return all < h.count() ? Note.SKEWED : Note.NONE;
  }

  private static double interpolate(double lower, double upper, double fraction, boolean custom) {
    if (custom || (lower <= 0 && upper >= 0)) {
      return lower + (upper - lower) * fraction;
    }
    double logLower = MathKernels.log2(Math.abs(lower));
    double logUpper = MathKernels.log2(Math.abs(upper));
    if (lower > 0) {
      return exp2(logLower + (logUpper - logLower) * fraction);
    }
    return -exp2(logUpper + (logLower - logUpper) * (1 - fraction));
  }

  private static double exp2(double x) {
    return Math.pow(2, x);
  }

  static boolean hasOnlyPositive(FloatHistogram h) {
    return h.negativeCounts().length == 0 && h.positiveCounts().length > 0;
  }

  static boolean hasOnlyNegative(FloatHistogram h) {
    return h.positiveCounts().length == 0 && h.negativeCounts().length > 0;
  }

  /** The share of observations between two bounds. */
  public static HistogramQuantile fraction(double low, double high, FloatHistogram h) {
    if (h.count() == 0 || Double.isNaN(low) || Double.isNaN(high)) {
      return plain(Double.NaN);
    }
    if (low >= high) {
      return plain(0);
    }
    HistogramBuckets buckets = new HistogramBuckets(h);
    double count = h.count();
    Note note = Note.NONE;
    if (Double.isNaN(h.sum())) {
      count = 0;
      for (int i = 0; i < buckets.size(); i++) {
        count += buckets.count(i);
      }
      note = count < h.count() ? Note.SKEWED : Note.NONE;
    }
    double below = rank(buckets, low, h, count);
    double upTo = rank(buckets, high, h, count);
    return new HistogramQuantile((upTo - below) / h.count(), note);
  }

  /** How many observations lie below a value. */
  private static double rank(
      HistogramBuckets buckets, double value, FloatHistogram h, double count) {
    double rank = 0;
    for (int i = 0; i < buckets.size(); i++) {
      double lower = buckets.lower(i);
      double upper = buckets.upper(i);
      double inBucket = buckets.count(i);
      boolean zero = lower <= 0 && upper >= 0;
      if (zero && hasOnlyPositive(h)) {
        lower = 0;
      } else if (zero && hasOnlyNegative(h)) {
        upper = 0;
      }
      if (lower >= value) {
        return Math.min(rank, count);
      }
      if (upper > value) {
        boolean linear = h.usesCustomBuckets() || zero;
        double found =
            linear && lower == Double.NEGATIVE_INFINITY
                ? inBucket
                : rank + inBucket * fractionBelow(lower, upper, value, linear);
        return found > count ? count : found;
      }
      rank += inBucket;
    }
    return count;
  }

  /** The share of a bucket below a value within it. */
  static double fractionBelow(double lower, double upper, double value, boolean linear) {
    if (linear) {
      return (value - lower) / (upper - lower);
    }
    double logLower = MathKernels.log2(Math.abs(lower));
    double logUpper = MathKernels.log2(Math.abs(upper));
    double log = MathKernels.log2(Math.abs(value));
    return value > 0
        ? (log - logLower) / (logUpper - logLower)
        : 1 - ((log - logUpper) / (logLower - logUpper));
  }
}
