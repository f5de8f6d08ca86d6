package io.narthex.client;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.DoubleAdder;

/**
 * Observations counted in buckets with fixed upper bounds. Without bounds only sum and count are
 * kept.
 */
public final class Histogram implements Metric {
  /** The bounds that client libraries use for durations in seconds when nothing else is said. */
  private static final double[] DEFAULT_BOUNDS = {.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10};

  private final double[] bounds;
  private final AtomicLongArray counts;
  private final DoubleAdder sum = new DoubleAdder();

  Histogram(double[] bounds) {
    this.bounds = bounds;
    this.counts = new AtomicLongArray(bounds.length + 1);
  }

  /** The default bounds, 5 ms to 10 s. */
  public static double[] defaultBounds() {
    return DEFAULT_BOUNDS.clone();
  }

  /** Bounds start, start·factor, start·factor² …, {@code count} of them. */
  public static double[] exponentialBounds(double start, double factor, int count) {
    double[] bounds = new double[count];
    double bound = start;
    for (int i = 0; i < count; i++) {
      bounds[i] = bound;
      bound *= factor;
    }
    return bounds;
  }

  /** Bounds start, start+width, start+2·width …, {@code count} of them. */
  public static double[] linearBounds(double start, double width, int count) {
    double[] bounds = new double[count];
    for (int i = 0; i < count; i++) {
      bounds[i] = start + width * i;
    }
    return bounds;
  }

  public void observe(double value) {
    counts.getAndIncrement(bucketOf(value));
    sum.add(value);
  }

  /** Observes the seconds since a {@link System#nanoTime()} reading. */
  public void observeSince(long startNanos) {
    observe((System.nanoTime() - startNanos) / 1e9);
  }

  public long count() {
    long total = 0;
    for (int i = 0; i < counts.length(); i++) {
      total += counts.get(i);
    }
    return total;
  }

  public double sum() {
    return sum.sum();
  }

  private int bucketOf(double value) {
    // Few buckets: a plain walk beats a binary search, and NaN ends in the last bucket.
    int i = 0;
    while (i < bounds.length && !(value <= bounds[i])) {
      i++;
    }
    return i;
  }

  @Override
  public void collect(String[] labelValues, MetricSink sink) {
    long[] snapshot = new long[counts.length()];
    for (int i = 0; i < snapshot.length; i++) {
      snapshot[i] = counts.get(i);
    }
    sink.histogram(labelValues, bounds, snapshot, sum.sum());
  }

  static double[] checkedBounds(String name, double[] bounds) {
    int length = bounds.length;
    if (length > 0 && bounds[length - 1] == Double.POSITIVE_INFINITY) {
      length--;
    }
    double[] copy = Arrays.copyOf(bounds, length);
    for (int i = 0; i < length; i++) {
      if (Double.isNaN(copy[i]) || i > 0 && copy[i] <= copy[i - 1]) {
        throw new IllegalArgumentException(
            "histogram " + name + ": bucket bounds must ascend, got " + copy[i]);
      }
    }
    return copy;
  }
}
