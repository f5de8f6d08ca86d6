package io.narthex.tsdb.chunk;

import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.Histogram;
import java.util.Arrays;
import java.util.Random;

/** Native histograms that grow as those of a running process do. */
public final class TestHistograms {
  private TestHistograms() {}

  /** A histogram of random layout with deltas that make no bucket negative. */
  public static Histogram random(Random random, CounterResetHint hint) {
    boolean custom = random.nextInt(4) == 0;
    int[] positive = spans(random, custom);
    int[] negative = custom ? new int[0] : spans(random, false);
    double[] bounds = new double[0];
    if (custom) {
      bounds = new double[20];
      for (int i = 0; i < bounds.length; i++) {
        bounds[i] = random.nextBoolean() ? i * 0.125 : i + random.nextDouble();
      }
    }
    long[] p = counts(random, positive);
    long[] n = counts(random, negative);
    long zero = custom ? 0 : random.nextInt(5);
    double threshold =
        custom ? 0 : new double[] {0, 0x1p-128, 0x1p-243, 0x1p10, 0.001}[random.nextInt(5)];
    return new Histogram(
        hint,
        custom ? -53 : random.nextInt(13) - 4,
        threshold,
        zero,
        zero + Arrays.stream(p).sum() + Arrays.stream(n).sum(),
        random.nextGaussian() * 1000,
        positive,
        deltas(p),
        negative,
        deltas(n),
        bounds);
  }

  /** The same histogram after some more observations. */
  public static Histogram grown(Random random, Histogram h) {
    long[] p = absolute(h.positiveDeltas());
    long[] n = absolute(h.negativeDeltas());
    long more = 0;
    long zero = h.usesCustomBuckets() ? 0 : 1;
    for (long[] buckets : new long[][] {p, n}) {
      for (int i = 0; i < buckets.length; i++) {
        int add = random.nextInt(3) * random.nextInt(1 + random.nextInt(3000));
        buckets[i] += add;
        more += add;
      }
    }
    return new Histogram(
        h.counterResetHint(),
        h.schema(),
        h.zeroThreshold(),
        h.zeroCount() + zero,
        h.count() + more + zero,
        h.sum() + random.nextDouble(),
        h.positiveSpans(),
        deltas(p),
        h.negativeSpans(),
        deltas(n),
        h.customValues());
  }

  private static int[] spans(Random random, boolean custom) {
    int[] spans = new int[2 * random.nextInt(4)];
    for (int i = 0; i < spans.length; i += 2) {
      spans[i] = i == 0 && !custom ? random.nextInt(200) - 100 : 1 + random.nextInt(2);
      spans[i + 1] = 1 + random.nextInt(4);
    }
    return spans;
  }

  private static long[] counts(Random random, int[] spans) {
    int n = 0;
    for (int i = 1; i < spans.length; i += 2) {
      n += spans[i];
    }
    return random.longs(n, 0, 1L << (1 + random.nextInt(40))).toArray();
  }

  private static long[] absolute(long[] deltas) {
    long[] counts = deltas.clone();
    for (int i = 1; i < counts.length; i++) {
      counts[i] += counts[i - 1];
    }
    return counts;
  }

  private static long[] deltas(long[] counts) {
    long[] deltas = counts.clone();
    for (int i = counts.length - 1; i > 0; i--) {
      deltas[i] -= deltas[i - 1];
    }
    return deltas;
  }
}
