package io.narthex.tsdb.chunk;

import java.util.Arrays;

/** Makes one layout of buckets out of two, and brings counts from one layout to another. */
final class Spans {
  private Spans() {}

  static int buckets(int[] spans) {
    int n = 0;
    for (int i = 1; i < spans.length; i += 2) {
      n += spans[i];
    }
    return n;
  }

  /** The buckets of both lists, in as few spans as possible. */
  static int[] union(int[] a, int[] b) {
    int[] union = new int[2 * (buckets(a) + buckets(b))];
    int used = 0;
    long last = 0;
    SpanWalk walk = new SpanWalk(a, b);
    while (walk.next()) {
      long index = walk.index();
      if (used > 0 && index == last + 1) {
        union[used - 1]++;
      } else {
        union[used] = (int) (used == 0 ? index : index - last - 1);
        union[used + 1] = 1;
        used += 2;
      }
      last = index;
    }
    return Arrays.copyOf(union, used);
  }

  /** Brings counts to a layout that has all their buckets; the others are empty. */
  static double[] spread(double[] counts, int[] from, int[] to) {
    if (Arrays.equals(from, to)) {
      return counts;
    }
    double[] spread = new double[buckets(to)];
    SpanWalk walk = new SpanWalk(from, to);
    while (walk.next()) {
      if (walk.first() >= 0) {
        spread[walk.second()] = counts[walk.first()];
      }
    }
    return spread;
  }

  /** The same for counts that are deltas to the bucket before. */
  static long[] spreadDeltas(long[] deltas, int[] from, int[] to) {
    if (Arrays.equals(from, to)) {
      return deltas;
    }
    long[] spread = new long[buckets(to)];
    long count = 0;
    long before = 0;
    SpanWalk walk = new SpanWalk(from, to);
    while (walk.next()) {
      long here = 0;
      if (walk.first() >= 0) {
        count += deltas[walk.first()];
        here = count;
      }
      spread[walk.second()] = here - before;
      before = here;
    }
    return spread;
  }
}
