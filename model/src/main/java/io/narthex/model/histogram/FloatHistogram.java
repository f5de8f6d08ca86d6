package io.narthex.model.histogram;

import io.narthex.model.value.FloatStyle;
import io.narthex.model.value.GoFloat;

/**
 * A native histogram with float counts: what PromQL computes with. Layout as {@link Histogram}, but
 * bucket counts are absolute. Immutable: the arrays belong to the histogram and must not be changed
 * by others.
 */
public record FloatHistogram(
    CounterResetHint counterResetHint,
    int schema,
    double zeroThreshold,
    double zeroCount,
    double count,
    double sum,
    int[] positiveSpans,
    double[] positiveCounts,
    int[] negativeSpans,
    double[] negativeCounts,
    double[] customValues)
    implements NativeHistogram {

  /** The schema of histograms whose bucket bounds are listed one by one. */
  public static final int CUSTOM_BUCKETS_SCHEMA = -53;

  /** The staleness marker of series whose newest sample has float counts. */
  public static final FloatHistogram STALE = Histogram.STALE.toFloat();

  @Override
  public int buckets() {
    return positiveCounts.length + negativeCounts.length;
  }

  @Override
  public FloatHistogram toFloat() {
    return this;
  }

  /** The same histogram that knows something else about the one before it. */
  public FloatHistogram withCounterResetHint(CounterResetHint hint) {
    return new FloatHistogram(
        hint,
        schema,
        zeroThreshold,
        zeroCount,
        count,
        sum,
        positiveSpans,
        positiveCounts,
        negativeSpans,
        negativeCounts,
        customValues);
  }

  /** All counts and the sum multiplied; a negative factor makes a gauge. */
  public FloatHistogram multipliedBy(double factor) {
    return HistogramSum.of(this).multiply(factor).toHistogram();
  }

  /** Whether a counter was reset between an earlier histogram of the series and this one. */
  public boolean isResetOf(FloatHistogram earlier) {
    return HistogramSum.isReset(this, earlier);
  }

  /** Whether it is the same sample, as {@link HistogramEquality} has it. */
  public boolean matches(FloatHistogram other) {
    return HistogramEquality.same(this, other);
  }

  /** As how many float samples it counts against limits, by its size in Prometheus' memory. */
  public int sampleWeight() {
    int bytes =
        168
            + 4 * (positiveSpans.length + negativeSpans.length)
            + 8 * (positiveCounts.length + negativeCounts.length + customValues.length);
    return (bytes + 8) / 16;
  }

  /** As Prometheus prints histograms: {@code {count:3, sum:2.5, (1,2]:3}}. */
  @Override
  public String toString() {
    return text(false);
  }

  /** The same with counts as the integers that they were stored as. */
  public String toIntegerString() {
    return text(true);
  }

  private String text(boolean integers) {
    StringBuilder out = new StringBuilder("{count:");
    count(out, count, integers);
    append(out.append(", sum:"), sum);
    HistogramBuckets buckets = new HistogramBuckets(this);
    for (int i = 0; i < buckets.size(); i++) {
      if (buckets.count(i) != 0) {
        double lower = buckets.lower(i);
        double upper = buckets.upper(i);
        boolean first = usesCustomBuckets() && Double.isInfinite(lower);
        boolean zero = buckets.isZero(i);
        out.append(zero || first || (!usesCustomBuckets() && lower < 0) ? ", [" : ", (");
        append(out, lower);
        append(out.append(','), upper);
        out.append(zero || usesCustomBuckets() || upper > 0 ? "]:" : "):");
        count(out, buckets.count(i), integers);
      }
    }
    return out.append('}').toString();
  }

  private static void count(StringBuilder out, double count, boolean integers) {
    if (integers) {
      out.append((long) count);
    } else {
      append(out, count);
    }
  }

  private static void append(StringBuilder out, double value) {
    GoFloat.append(out, value, FloatStyle.GENERAL);
  }
}
