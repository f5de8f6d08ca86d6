package io.narthex.tsdb.chunk;

import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.Histogram;
import java.util.Arrays;
import java.util.Random;
import java.util.TreeMap;

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
        bounds[i] = i + (random.nextBoolean() ? 0.125 : random.nextDouble());
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

  /** The same histogram that lists more buckets, some of them filled. */
  public static Histogram moreBuckets(Random random, Histogram h) {
    TreeMap<Integer, Long> buckets = positive(h);
    int lowest = buckets.isEmpty() ? 0 : buckets.firstKey();
    for (int i = random.nextInt(3); i >= 0; i--) {
      int index = h.usesCustomBuckets() ? random.nextInt(21) : lowest - 4 + random.nextInt(30);
      buckets.putIfAbsent(index, (long) random.nextInt(3));
    }
    return withPositive(h, buckets);
  }

  /** The same histogram without some of its buckets. */
  public static Histogram fewerBuckets(Random random, Histogram h) {
    TreeMap<Integer, Long> buckets = positive(h);
    buckets.keySet().removeIf(index -> random.nextInt(3) == 0);
    return withPositive(h, buckets);
  }

  private static TreeMap<Integer, Long> positive(Histogram h) {
    TreeMap<Integer, Long> buckets = new TreeMap<>();
    long[] counts = absolute(h.positiveDeltas());
    int bucket = 0;
    int index = 0;
    for (int i = 0; i < h.positiveSpans().length; i += 2) {
      index += h.positiveSpans()[i];
      for (int n = h.positiveSpans()[i + 1]; n > 0; n--) {
        buckets.put(index++, counts[bucket++]);
      }
    }
    return buckets;
  }

  private static Histogram withPositive(Histogram h, TreeMap<Integer, Long> buckets) {
    int[] spans = new int[2 * buckets.size()];
    int end = 0;
    int n = 0;
    for (int index : buckets.keySet()) {
      spans[n++] = index - end;
      spans[n++] = 1;
      end = index + 1;
    }
    long[] counts = buckets.values().stream().mapToLong(count -> count).toArray();
    long before = Arrays.stream(absolute(h.positiveDeltas())).sum();
    return new Histogram(
        h.counterResetHint(),
        h.schema(),
        h.zeroThreshold(),
        h.zeroCount(),
        h.count() - before + Arrays.stream(counts).sum(),
        h.sum(),
        spans,
        deltas(counts),
        h.negativeSpans(),
        h.negativeDeltas(),
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
