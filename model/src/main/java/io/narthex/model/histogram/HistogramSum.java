package io.narthex.model.histogram;

import java.util.Arrays;

/**
 * A histogram that is being computed: others are added, subtracted, and the whole scaled.
 * Differences of resolution, zero threshold and custom bounds are reconciled on the way, to what
 * both sides can express. Not for several threads.
 *
 * <p>Behaves as Prometheus' FloatHistogram arithmetic; results never list empty buckets.
 */
public final class HistogramSum {
  private static final double[] NO_BOUNDS = {};

  private CounterResetHint hint;
  private int schema;
  private double zeroThreshold;
  private double zeroCount;
  private double zeroLost;
  private double count;
  private double countLost;
  private double sum;
  private double sumLost;
  private BucketCounts positive;
  private BucketCounts negative;
  private double[] customValues;
  private boolean resetCollision;
  private boolean reconciled;

  private HistogramSum(FloatHistogram h) {
    hint = h.counterResetHint();
    schema = h.schema();
    zeroThreshold = h.zeroThreshold();
    zeroCount = h.zeroCount();
    count = h.count();
    sum = h.sum();
    positive = BucketCounts.of(h.positiveSpans(), h.positiveCounts());
    negative = BucketCounts.of(h.negativeSpans(), h.negativeCounts());
    customValues = h.customValues();
  }

  private HistogramSum(HistogramSum o) {
    hint = o.hint;
    schema = o.schema;
    zeroThreshold = o.zeroThreshold;
    zeroCount = o.zeroCount;
    zeroLost = o.zeroLost;
    count = o.count;
    countLost = o.countLost;
    sum = o.sum;
    sumLost = o.sumLost;
    positive = o.positive.copy();
    negative = o.negative.copy();
    customValues = o.customValues;
    resetCollision = o.resetCollision;
    reconciled = o.reconciled;
  }

  /** Starts from a histogram, which stays as it is. */
  public static HistogramSum of(FloatHistogram histogram) {
    return new HistogramSum(histogram);
  }

  /** Starts from nothing, in the layout of a histogram. */
  public static HistogramSum emptyLike(FloatHistogram layout) {
    return new HistogramSum(
        new FloatHistogram(
            CounterResetHint.UNKNOWN,
            layout.schema(),
            0,
            0,
            0,
            0,
            new int[0],
            NO_BOUNDS,
            new int[0],
            NO_BOUNDS,
            layout.customValues()));
  }

  public HistogramSum copy() {
    return new HistogramSum(this);
  }

  /**
   * Adds a histogram.
   *
   * @return false, with nothing changed, where one has custom and the other exponential buckets
   */
  public boolean add(FloatHistogram other) {
    return combine(new HistogramSum(other), 1, false);
  }

  /** As {@link #add}, keeping what rounding takes away until the end. */
  public boolean addCompensated(FloatHistogram other) {
    return combine(new HistogramSum(other), 1, true);
  }

  /** As {@link #addCompensated(FloatHistogram)} of a value that is itself being computed. */
  public boolean addCompensated(HistogramSum other) {
    return combine(new HistogramSum(other), 1, true);
  }

  /** As {@link #add}, but takes away. */
  public boolean subtract(FloatHistogram other) {
    return combine(new HistogramSum(other), -1, false);
  }

  private boolean combine(HistogramSum o, double sign, boolean compensated) {
    if (usesCustomBuckets() != o.usesCustomBuckets()) {
      return false;
    }
    adjustHint(o.hint);
    if (!usesCustomBuckets()) {
      reconcileZeroBuckets(o);
      addZeroCount(sign * o.zeroCount, compensated);
    }
    double before = count;
    count += sign * o.count;
    double sumBefore = sum;
    sum += sign * o.sum;
    if (compensated) {
      countLost = compensated(sign * o.count, before, count, countLost);
      sumLost = compensated(sign * o.sum, sumBefore, sum, sumLost);
    }
    if (usesCustomBuckets()) {
      combineCustom(o, sign, compensated);
    } else {
      combineExponential(o, sign, compensated);
    }
    return true;
  }

  private void addZeroCount(double value, boolean compensated) {
    double before = zeroCount;
    zeroCount += value;
    if (compensated) {
      zeroLost = compensated(value, before, zeroCount, zeroLost);
    }
  }

  private void combineCustom(HistogramSum o, double sign, boolean compensated) {
    if (Arrays.equals(customValues, o.customValues)) {
      positive.add(o.positive, sign, 0, compensated);
      return;
    }
    reconciled = true;
    double[] common = commonBounds(customValues, o.customValues);
    positive = positive.mapped(customValues, common);
    positive.add(o.positive.mapped(o.customValues, common), sign, 0, true);
    customValues = common;
    if (!compensated) {
      for (int i = 0; i < positive.size; i++) {
        positive.lost[i] = 0;
      }
    }
  }

  private void combineExponential(HistogramSum o, double sign, boolean compensated) {
    if (o.schema < schema) {
      reduce(o.schema, compensated);
    } else if (o.schema > schema) {
      o.reduce(schema, compensated);
    }
    positive.add(o.positive, sign, within(o.positive), compensated);
    negative.add(o.negative, sign, within(o.negative), compensated);
  }

  /** How many leading buckets lie within the zero bucket. */
  private int within(BucketCounts buckets) {
    int n = 0;
    while (n < buckets.size && bound(buckets.index[n]) <= zeroThreshold) {
      n++;
    }
    return n;
  }

  /** Lowers the resolution to that of another exponential schema. */
  public void reduceTo(int coarserSchema) {
    if (coarserSchema < schema && !usesCustomBuckets()) {
      reduce(coarserSchema, false);
    }
  }

  private void reduce(int coarserSchema, boolean compensated) {
    positive.reduce(schema - coarserSchema, compensated);
    negative.reduce(schema - coarserSchema, compensated);
    schema = coarserSchema;
  }

  private double bound(int bucket) {
    return HistogramSchema.upperBound(schema, bucket, customValues);
  }

  /** Widens the zero buckets of both until they are equally wide. */
  private void reconcileZeroBuckets(HistogramSum o) {
    while (zeroThreshold != o.zeroThreshold) {
      if (zeroThreshold > o.zeroThreshold) {
        o.widenZeroBucket(zeroThreshold);
      } else {
        widenZeroBucket(o.zeroThreshold);
      }
    }
  }

  /**
   * Moves to the zero bucket what lies below a larger threshold; where the threshold falls into a
   * bucket that is not empty, it becomes that bucket's bound.
   */
  private void widenZeroBucket(double threshold) {
    double wider = threshold;
    for (double settled = Double.NaN; settled != wider; ) {
      settled = wider;
      wider = widened(positive, wider);
      wider = widened(negative, wider);
    }
    int p = below(positive, wider);
    int n = below(negative, wider);
    for (int i = 0; i < p; i++) {
      addZeroCount(positive.count[i], true);
      addZeroCount(positive.lost[i], true);
    }
    for (int i = 0; i < n; i++) {
      addZeroCount(negative.count[i], true);
      addZeroCount(negative.lost[i], true);
    }
    positive.dropFirst(p);
    negative.dropFirst(n);
    zeroThreshold = wider;
  }

  /** The threshold, or the bound of the bucket that it cuts unless that bucket is empty. */
  private double widened(BucketCounts buckets, double threshold) {
    for (int i = 0; i < buckets.size; i++) {
      if (bound(buckets.index[i] - 1) >= threshold) {
        break;
      }
      double upper = bound(buckets.index[i]);
      if (upper > threshold) {
        return buckets.count[i] != 0 ? upper : threshold;
      }
    }
    return threshold;
  }

  private int below(BucketCounts buckets, double threshold) {
    int n = 0;
    while (n < buckets.size && bound(buckets.index[n] - 1) < threshold) {
      n++;
    }
    return n;
  }

  private void adjustHint(CounterResetHint other) {
    if (other == hint || hint == CounterResetHint.GAUGE) {
      return;
    }
    if (other == CounterResetHint.GAUGE) {
      hint = CounterResetHint.GAUGE;
      return;
    }
    resetCollision |= hint != CounterResetHint.UNKNOWN && other != CounterResetHint.UNKNOWN;
    hint = CounterResetHint.UNKNOWN;
  }

  /** The bounds that both lists have. */
  static double[] commonBounds(double[] a, double[] b) {
    double[] common = new double[Math.min(a.length, b.length)];
    int n = 0;
    int j = 0;
    for (double bound : a) {
      while (j < b.length && b[j] < bound) {
        j++;
      }
      if (j < b.length && b[j] == bound) {
        common[n++] = bound;
      }
    }
    return Arrays.copyOf(common, n);
  }

  /** Scales all counts and the sum; a negative factor makes a gauge. */
  public HistogramSum multiply(double factor) {
    zeroCount *= factor;
    zeroLost *= factor;
    count *= factor;
    countLost *= factor;
    sum *= factor;
    sumLost *= factor;
    positive.multiply(factor);
    negative.multiply(factor);
    return signed(factor);
  }

  /** Divides all counts and the sum; a negative divisor makes a gauge, zero removes all buckets. */
  public HistogramSum divide(double divisor) {
    zeroCount /= divisor;
    zeroLost /= divisor;
    count /= divisor;
    countLost /= divisor;
    sum /= divisor;
    sumLost /= divisor;
    positive.divide(divisor);
    negative.divide(divisor);
    if (divisor == 0) {
      zeroLost = 0;
      countLost = 0;
      sumLost = 0;
    }
    return signed(divisor);
  }

  private HistogramSum signed(double factor) {
    if (factor < 0) {
      hint = CounterResetHint.GAUGE;
    }
    return this;
  }

  public HistogramSum counterResetHint(CounterResetHint newHint) {
    hint = newHint;
    return this;
  }

  public boolean usesCustomBuckets() {
    return schema == FloatHistogram.CUSTOM_BUCKETS_SCHEMA;
  }

  public double count() {
    return count;
  }

  /** Whether a histogram with and one without counter reset have met. */
  public boolean resetCollision() {
    return resetCollision;
  }

  /** Whether custom bounds had to be reduced to common ones. */
  public boolean reconciled() {
    return reconciled;
  }

  /** Whether any count or the sum is infinite. */
  public boolean overflows() {
    return Double.isInfinite(zeroCount)
        || Double.isInfinite(count)
        || Double.isInfinite(sum)
        || positive.overflows()
        || negative.overflows();
  }

  /** The result so far. */
  public FloatHistogram toHistogram() {
    BucketCounts above = positive.copy();
    BucketCounts below = negative.copy();
    above.settle();
    below.settle();
    return new FloatHistogram(
        hint,
        schema,
        zeroThreshold,
        zeroCount + zeroLost,
        count + countLost,
        sum + sumLost,
        above.spans(),
        above.counts(),
        below.spans(),
        below.counts(),
        customValues);
  }

  /**
   * Whether this histogram, later of the same series, starts anew: any count is smaller than
   * before, or the resolution has grown.
   */
  static boolean isReset(FloatHistogram now, FloatHistogram before) {
    if (now.counterResetHint() == CounterResetHint.RESET) {
      return true;
    }
    if (now.counterResetHint() == CounterResetHint.NOT_RESET) {
      return false;
    }
    if (now.count() < before.count()) {
      return true;
    }
    HistogramSum a = new HistogramSum(now);
    HistogramSum b = new HistogramSum(before);
    if (now.usesCustomBuckets()) {
      return !before.usesCustomBuckets() || a.isCustomReset(b);
    }
    if (a.schema > b.schema || a.zeroThreshold < b.zeroThreshold) {
      return true;
    }
    if (a.zeroThreshold > b.zeroThreshold) {
      b.widenZeroBucket(a.zeroThreshold);
    }
    if (b.zeroThreshold != a.zeroThreshold || a.zeroCount < b.zeroCount) {
      return true;
    }
    if (a.schema < b.schema) {
      b.reduce(a.schema, false);
    }
    return a.fell(a.positive, b.positive) || a.fell(a.negative, b.negative);
  }

  private boolean isCustomReset(HistogramSum before) {
    if (Arrays.equals(customValues, before.customValues)) {
      return fell(positive, before.positive);
    }
    double[] common = commonBounds(customValues, before.customValues);
    return fell(
        positive.mapped(customValues, common), before.positive.mapped(before.customValues, common));
  }

  private boolean fell(BucketCounts now, BucketCounts before) {
    int from = usesCustomBuckets() ? 0 : within(before);
    int at = 0;
    for (int i = from; i < before.size; i++) {
      at = now.seek(at, before.index[i]);
      boolean listed = at < now.size && now.index[at] == before.index[i];
      if (listed ? now.count[at] < before.count[i] : before.count[i] != 0) {
        return true;
      }
    }
    return false;
  }

  /** What Neumaier's summation keeps beside a sum that went from before to after. */
  static double compensated(double value, double before, double after, double lost) {
    if (Double.isInfinite(after)) {
      return 0;
    }
    if (Math.abs(before) >= Math.abs(value)) {
      return lost + ((before - after) + value);
    }
    return lost + ((value - after) + before);
  }
}
