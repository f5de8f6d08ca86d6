package io.narthex.model.histogram;

import java.util.Arrays;

/**
 * All listed buckets of a histogram from the lowest to the highest, with their bounds: negative
 * ones, the zero bucket unless it is empty, positive ones. Bounds next to the zero bucket end at
 * its threshold.
 */
public final class HistogramBuckets {
  private double[] lower;
  private double[] upper;
  private double[] count;
  private int size;
  private int zero = -1;

  public HistogramBuckets(FloatHistogram h) {
    int capacity = h.negativeCounts().length + h.positiveCounts().length + 1;
    lower = new double[capacity];
    upper = new double[capacity];
    count = new double[capacity];
    BucketCounts negative = BucketCounts.of(h.negativeSpans(), h.negativeCounts());
    for (int i = negative.size - 1; i >= 0; i--) {
      double high = -bound(h, negative.index[i] - 1);
      add(
          -bound(h, negative.index[i]),
          high < 0 && high > -h.zeroThreshold() ? -h.zeroThreshold() : high,
          negative.count[i]);
    }
    if (h.zeroCount() > 0) {
      zero = size;
      add(-h.zeroThreshold(), h.zeroThreshold(), h.zeroCount());
    }
    BucketCounts positive = BucketCounts.of(h.positiveSpans(), h.positiveCounts());
    for (int i = 0; i < positive.size; i++) {
      double low = bound(h, positive.index[i] - 1);
      add(
          low > 0 && low < h.zeroThreshold() ? h.zeroThreshold() : low,
          bound(h, positive.index[i]),
          positive.count[i]);
    }
  }

  private static double bound(FloatHistogram h, int bucket) {
    return HistogramSchema.upperBound(h.schema(), bucket, h.customValues());
  }

  private void add(double low, double high, double n) {
    if (size == count.length) {
      lower = Arrays.copyOf(lower, 2 * size);
      upper = Arrays.copyOf(upper, 2 * size);
      count = Arrays.copyOf(count, 2 * size);
    }
    lower[size] = low;
    upper[size] = high;
    count[size++] = n;
  }

  public int size() {
    return size;
  }

  public double lower(int i) {
    return lower[i];
  }

  public double upper(int i) {
    return upper[i];
  }

  public double count(int i) {
    return count[i];
  }

  /** Whether it is the zero bucket. */
  public boolean isZero(int i) {
    return i == zero;
  }
}
