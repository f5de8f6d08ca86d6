package io.narthex.promql.function;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.HistogramSchema;
import io.narthex.model.histogram.HistogramSum;

/**
 * The trim operators: of a native histogram, what lies below or above a bound. The sum is estimated
 * from the buckets' middles, and only where anything was cut off.
 */
public final class HistogramTrim {
  private final FloatHistogram histogram;
  private final double bound;
  private final boolean keepsLower;
  private final boolean custom;
  private double count;
  private double sum;
  private boolean trimmed;

  private HistogramTrim(FloatHistogram histogram, double bound, boolean keepsLower) {
    this.histogram = histogram;
    this.bound = bound;
    this.keepsLower = keepsLower;
    this.custom = histogram.usesCustomBuckets();
  }

  /** What lies below the bound. */
  public static FloatHistogram upper(FloatHistogram histogram, double bound) {
    return new HistogramTrim(histogram, bound, true).result();
  }

  /** What lies above the bound. */
  public static FloatHistogram lower(FloatHistogram histogram, double bound) {
    return new HistogramTrim(histogram, bound, false).result();
  }

  private FloatHistogram result() {
    FloatHistogram h = histogram;
    double[] positive = side(h.positiveSpans(), h.positiveCounts(), true);
    double[] negative = side(h.negativeSpans(), h.negativeCounts(), false);
    double zeroCount = h.zeroCount() > 0 ? zeroBucket() : h.zeroCount();
    if (!trimmed) {
      return h;
    }
    FloatHistogram rest =
        new FloatHistogram(
            h.counterResetHint(),
            h.schema(),
            h.zeroThreshold(),
            zeroCount,
            count,
            sum,
            h.positiveSpans(),
            positive,
            h.negativeSpans(),
            negative,
            h.customValues());
    return HistogramSum.of(rest).toHistogram();
  }

  private double[] side(int[] spans, double[] counts, boolean positive) {
    double[] kept = counts.clone();
    int index = 0;
    int at = 0;
    for (int s = 0; s + 1 < spans.length; s += 2) {
      index += spans[s];
      for (int i = 0; i < spans[s + 1]; i++, index++, at++) {
        if (counts[at] != 0) {
          double near = HistogramSchema.upperBound(histogram.schema(), index - 1, bounds());
          double far = HistogramSchema.upperBound(histogram.schema(), index, bounds());
          kept[at] =
              positive
                  ? bucket(near, far, counts[at], true)
                  : bucket(-far, -near, counts[at], false);
          trimmed |= kept[at] != counts[at];
        }
      }
    }
    return kept;
  }

  private double[] bounds() {
    return histogram.customValues();
  }

  /** What is kept of a bucket, which is counted in. */
  private double bucket(double lower, double upper, double n, boolean positive) {
    boolean whole = keepsLower ? upper <= bound : lower >= bound;
    if (whole) {
      count += n;
      sum += middle(lower, upper, positive) * n;
      return n;
    }
    boolean cut = keepsLower ? lower < bound : upper > bound;
    if (!cut) {
      trimmed = true;
      return 0;
    }
    double kept;
    double middle;
    if (Double.isInfinite(lower) || Double.isInfinite(upper)) {
      kept = keptOfInfinite(lower, upper, n);
      middle = middleOfInfinite(lower, upper);
    } else {
      double below = below(lower, upper, n);
      kept = keepsLower ? below : n - below;
      middle = keepsLower ? middle(lower, bound, positive) : middle(bound, upper, positive);
    }
    count += kept;
    sum += middle * kept;
    return kept;
  }

  private double below(double lower, double upper, double n) {
    if (bound <= lower) {
      return 0;
    }
    if (bound >= upper) {
      return n;
    }
    return n * HistogramQuantile.fractionBelow(lower, upper, bound, custom);
  }

  /** Of a bucket without end only an edge that is certain is kept. */
  private double keptOfInfinite(double lower, double upper, double n) {
    if (lower != Double.NEGATIVE_INFINITY) {
      return !keepsLower && bound >= lower ? n : 0;
    }
    boolean startsAtZero = upper > 0 && !Double.isInfinite(upper);
    if (keepsLower) {
      if (bound >= upper || upper <= 0) {
        return n;
      }
      return bound > 0 && startsAtZero ? n * bound / upper : 0;
    }
    if (bound <= lower) {
      return n;
    }
    return bound >= 0 && upper > bound && startsAtZero ? n * (1 - bound / upper) : 0;
  }

  private double middleOfInfinite(double lower, double upper) {
    if (lower != Double.NEGATIVE_INFINITY) {
      return !keepsLower && bound >= lower ? bound : finite(lower);
    }
    boolean startsAtZero = upper > 0 && !Double.isInfinite(upper);
    if (keepsLower) {
      if (bound >= upper) {
        return 0;
      }
      if (bound > 0 && startsAtZero) {
        return bound / 2;
      }
      return upper <= 0 ? bound : finite(upper);
    }
    if (bound <= lower) {
      return 0;
    }
    return bound >= 0 && upper > bound && startsAtZero ? (bound + upper) / 2 : finite(upper);
  }

  private static double finite(double x) {
    return Double.isInfinite(x) ? 0 : x;
  }

  private double middle(double lower, double upper, boolean positive) {
    if (Double.isInfinite(lower)) {
      if (Double.isInfinite(upper)) {
        return 0;
      }
      return upper > 0 ? upper / 2 : upper;
    }
    if (Double.isInfinite(upper)) {
      return lower;
    }
    if (custom) {
      return (lower + upper) / 2;
    }
    double geometric = Math.sqrt(Math.abs(lower * upper));
    return positive ? geometric : -geometric;
  }

  /** What is kept of the zero bucket, which is counted in. */
  private double zeroBucket() {
    boolean above = hasAny(histogram.positiveCounts());
    boolean below = hasAny(histogram.negativeCounts());
    double lower = above && !below ? 0 : -histogram.zeroThreshold();
    double upper = below && !above ? 0 : histogram.zeroThreshold();
    double n = histogram.zeroCount();
    double kept;
    double middle;
    if (keepsLower ? bound >= upper && bound > lower : bound <= lower) {
      kept = n;
      middle = (lower + upper) / 2;
    } else if (keepsLower ? bound <= lower : bound >= upper) {
      kept = 0;
      middle = 0;
    } else {
      double from = keepsLower ? lower : bound;
      double to = keepsLower ? bound : upper;
      kept = n * ((to - from) / (upper - lower));
      middle = (from + to) / 2;
    }
    trimmed |= kept != n;
    count += kept;
    sum += middle * kept;
    return kept;
  }

  private static boolean hasAny(double[] counts) {
    for (double n : counts) {
      if (n != 0) {
        return true;
      }
    }
    return false;
  }
}
