package io.narthex.tsdb.torture;

import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.Histogram;
import java.util.Arrays;
import java.util.Random;

/** The native histogram of one series: mostly grows, sometimes is reset or gets another layout. */
final class GrowingHistogram {
  private static final double[] THRESHOLDS = {0, 0x1p-128, 0.001, 2.5};

  private final boolean gauge;
  private int schema;
  private double zeroThreshold;
  private double[] bounds = {};
  private long zeroCount;
  private double sum;

  /** Counts by bucket; the first is bucket {@link #FIRST}. */
  private final long[] positive = new long[24];

  private final long[] negative = new long[24];

  private static final int FIRST = -4;

  GrowingHistogram(Random random) {
    gauge = random.nextInt(8) == 0;
    relayout(random);
  }

  Histogram next(Random random) {
    int luck = random.nextInt(40);
    if (luck == 0) {
      relayout(random);
    } else if (luck == 1) {
      reset();
    }
    for (int n = random.nextInt(6); n > 0; n--) {
      if (bounds.length > 0) {
        positive[-FIRST + random.nextInt(bounds.length + 1)] += 1 + random.nextInt(1000);
      } else {
        long[] side = random.nextInt(3) == 0 ? negative : positive;
        side[random.nextInt(random.nextInt(side.length) + 1)] += 1 + random.nextInt(100_000);
        zeroCount += random.nextInt(2);
      }
      sum += random.nextGaussian();
    }
    int[] positiveSpans = spans(positive, random);
    int[] negativeSpans = spans(negative, random);
    return new Histogram(
        gauge ? CounterResetHint.GAUGE : CounterResetHint.UNKNOWN,
        schema,
        zeroThreshold,
        zeroCount,
        zeroCount + Arrays.stream(positive).sum() + Arrays.stream(negative).sum(),
        sum,
        positiveSpans,
        deltas(positive, positiveSpans),
        negativeSpans,
        deltas(negative, negativeSpans),
        bounds);
  }

  private void reset() {
    Arrays.fill(positive, 0);
    Arrays.fill(negative, 0);
    zeroCount = 0;
    sum = 0;
  }

  private void relayout(Random random) {
    reset();
    if (random.nextInt(4) == 0) {
      schema = -53;
      zeroThreshold = 0;
      bounds = new double[1 + random.nextInt(8)];
      bounds[0] = random.nextInt(10) - 3;
      for (int i = 1; i < bounds.length; i++) {
        bounds[i] = bounds[i - 1] + (random.nextBoolean() ? 1 : 0.1 + random.nextDouble());
      }
    } else {
      schema = random.nextInt(13) - 4;
      zeroThreshold = THRESHOLDS[random.nextInt(THRESHOLDS.length)];
      bounds = new double[0];
    }
  }

  /** Spans over the buckets that are not empty, and a few that are. */
  private static int[] spans(long[] counts, Random random) {
    int[] spans = new int[2 * counts.length];
    int n = 0;
    int end = 0;
    for (int i = 0; i < counts.length; ) {
      if (counts[i] == 0) {
        i++;
        continue;
      }
      int from = i;
      while (i < counts.length && (counts[i] > 0 || random.nextInt(4) == 0)) {
        i++;
      }
      // Empty buckets at the end could lie beyond the bounds.
      while (counts[i - 1] == 0) {
        i--;
      }
      spans[n] = n == 0 ? from + FIRST : from - end;
      spans[n + 1] = i - from;
      n += 2;
      end = i;
    }
    return Arrays.copyOf(spans, n);
  }

  private static long[] deltas(long[] counts, int[] spans) {
    long[] deltas = new long[counts.length];
    int n = 0;
    int index = -FIRST;
    long before = 0;
    for (int s = 0; s < spans.length; s += 2) {
      index += spans[s];
      for (int i = 0; i < spans[s + 1]; i++, index++) {
        deltas[n++] = counts[index] - before;
        before = counts[index];
      }
    }
    return Arrays.copyOf(deltas, n);
  }
}
