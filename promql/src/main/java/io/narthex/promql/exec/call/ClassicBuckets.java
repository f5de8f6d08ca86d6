package io.narthex.promql.exec.call;

import java.util.Arrays;

/**
 * The buckets of a classic histogram at one step, by ascending upper bound. Reused from step to
 * step.
 */
final class ClassicBuckets {
  /** Smaller relative differences between counts are rounding and not data. */
  private static final double TOLERANCE = 1e-12;

  private double[] bounds = new double[16];
  private double[] counts = new double[16];
  private int size;

  /** Whether counts had to be raised because they fell; then the figures below say where. */
  boolean forced;

  double minBucket;
  double maxBucket;
  double maxDiff;

  void clear() {
    size = 0;
  }

  int size() {
    return size;
  }

  /** Adds a bucket whose bound is not below that of the one before; equal bounds add up. */
  void add(double bound, double count) {
    if (size > 0 && bounds[size - 1] == bound) {
      counts[size - 1] += count;
      return;
    }
    if (size == bounds.length) {
      bounds = Arrays.copyOf(bounds, 2 * size);
      counts = Arrays.copyOf(counts, 2 * size);
    }
    bounds[size] = bound;
    counts[size++] = count;
  }

  double quantile(double q) {
    forced = false;
    if (Double.isNaN(q)) {
      return Double.NaN;
    }
    if (q < 0) {
      return Double.NEGATIVE_INFINITY;
    }
    if (q > 1) {
      return Double.POSITIVE_INFINITY;
    }
    if (bounds[size - 1] != Double.POSITIVE_INFINITY) {
      return Double.NaN;
    }
    forceMonotonic();
    double observations = counts[size - 1];
    if (size < 2 || observations == 0) {
      return Double.NaN;
    }
    double rank = q * observations;
    int b = firstAtLeast(rank);
    if (b == size - 1) {
      return bounds[size - 2];
    }
    if (b == 0 && bounds[0] <= 0) {
      return bounds[0];
    }
    double start = 0;
    double count = counts[b];
    if (b > 0) {
      start = bounds[b - 1];
      count -= counts[b - 1];
      rank -= counts[b - 1];
    }
    return start + (bounds[b] - start) * (rank / count);
  }

  /** The first bucket, of all but the last, that holds at least so many. */
  private int firstAtLeast(double rank) {
    int low = 0;
    int high = size - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (!(counts[middle] >= rank)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private void forceMonotonic() {
    minBucket = Double.POSITIVE_INFINITY;
    maxBucket = Double.NEGATIVE_INFINITY;
    maxDiff = 0;
    double before = counts[0];
    for (int i = 1; i < size; i++) {
      double now = counts[i];
      if (now == before) {
        continue;
      }
      if (isRounding(before, now)) {
        counts[i] = before;
      } else if (now < before) {
        counts[i] = before;
        forced = true;
        minBucket = Math.min(minBucket, bounds[i]);
        maxBucket = Math.max(maxBucket, bounds[i]);
        maxDiff = Math.max(maxDiff, before - now);
      } else {
        before = now;
      }
    }
  }

  private static boolean isRounding(double a, double b) {
    if (Double.isNaN(a) && Double.isNaN(b)) {
      return true;
    }
    double sum = Math.abs(a) + Math.abs(b);
    double diff = Math.abs(a - b);
    if (a == 0 || b == 0 || sum < Double.MIN_NORMAL) {
      return diff < TOLERANCE * Double.MIN_NORMAL;
    }
    return diff / Math.min(sum, Double.MAX_VALUE) < TOLERANCE;
  }

  /** The share of observations between two bounds. */
  double fraction(double lower, double upper) {
    double count = counts[size - 1];
    if (bounds[size - 1] != Double.POSITIVE_INFINITY
        || count == 0
        || Double.isNaN(lower)
        || Double.isNaN(upper)) {
      return Double.NaN;
    }
    if (lower >= upper) {
      return 0;
    }
    return (rankOf(upper, count) - rankOf(lower, count)) / count;
  }

  /** How many observations lie below a value, interpolated within its bucket. */
  private double rankOf(double value, double count) {
    double rank = 0;
    double start = bounds[0] <= 0 ? Double.NEGATIVE_INFINITY : 0;
    for (int i = 0; i < size; i++) {
      if (i > 0) {
        start = bounds[i - 1];
      }
      if (start >= value) {
        return Math.min(rank, count);
      }
      if (bounds[i] > value) {
        double found =
            start == Double.NEGATIVE_INFINITY
                ? counts[i]
                : rank + (counts[i] - rank) * (value - start) / (bounds[i] - start);
        return found > count ? count : found;
      }
      rank = counts[i];
    }
    return count;
  }
}
