package io.narthex.it.fuzz;

import io.narthex.it.process.SentHistogram;
import io.narthex.it.process.WriteRequest;
import java.util.Arrays;
import java.util.Random;

/** A series of native histograms that observes, starts anew, and at times is silent. */
final class NativeSeries {
  /** What its samples are. */
  enum Shape {
    EXPONENTIAL("nh"),
    CUSTOM_BUCKETS("nhcb"),
    /** Numbers in between. */
    MIXED("mixed");

    private final String metric;

    Shape(String metric) {
      this.metric = metric;
    }

    String metric() {
      return metric;
    }
  }

  private static final double[] BOUNDS = {0.25, 0.5, 1, 2.5, 10};

  private final Random random;
  private final Shape shape;
  private final int phase;
  private final String[] labels;
  private long[] counts;
  private double sum;

  NativeSeries(Random random, Shape shape, int phase, String... labels) {
    this.random = random;
    this.shape = shape;
    this.phase = phase;
    this.labels = labels;
    start();
  }

  private void start() {
    counts = new long[shape == Shape.CUSTOM_BUCKETS ? BOUNDS.length + 1 : 2 + random.nextInt(5)];
    Arrays.fill(counts, 1);
    sum = counts.length;
  }

  void write(WriteRequest request, long time) {
    long t = time + phase;
    switch (random.nextInt(40)) {
      case 0 -> start();
      case 1 -> {
        return;
      }
      case 2, 3 -> {
        if (shape != Shape.CUSTOM_BUCKETS && counts.length < 12) {
          counts = Arrays.copyOf(counts, counts.length + 1);
          counts[counts.length - 1] = 1;
        }
      }
      default -> observe();
    }
    if (shape == Shape.MIXED && random.nextInt(3) == 0) {
      request.add(t, random.nextInt(1000) / 8.0, labels);
      return;
    }
    double[] bounds = shape == Shape.CUSTOM_BUCKETS ? BOUNDS : new double[0];
    request.add(t, new SentHistogram(sum, counts.clone(), bounds, false), labels);
  }

  private void observe() {
    for (int i = 0; i < counts.length; i++) {
      int more = random.nextInt(6);
      counts[i] += more;
      sum += more * (i + 1) / 8.0;
    }
  }
}
