package io.narthex.tsdb.chunk;

/** Compares the buckets of histograms whose spans may differ. */
final class BucketCounts {
  private BucketCounts() {}

  /** Absolute counts of buckets that are given as deltas to the bucket before. */
  static double[] absolute(long[] deltas) {
    double[] counts = new double[deltas.length];
    long current = 0;
    for (int i = 0; i < deltas.length; i++) {
      current += deltas[i];
      counts[i] = current;
    }
    return counts;
  }

  /** Whether some bucket has fewer observations than before; an absent one has none. */
  static boolean decrease(int[] oldSpans, double[] old, int[] newSpans, double[] next) {
    Walk before = new Walk(oldSpans, old);
    Walk after = new Walk(newSpans, next);
    boolean hasAfter = after.next();
    while (before.next()) {
      while (hasAfter && after.index < before.index) {
        hasAfter = after.next();
      }
      double count = hasAfter && after.index == before.index ? after.count() : 0;
      if (count < before.count()) {
        return true;
      }
    }
    return false;
  }

  /** Goes over buckets with their indexes. */
  private static final class Walk {
    private final int[] spans;
    private final double[] counts;
    private int span = -2;
    private int leftInSpan;
    private int bucket = -1;
    private long index = -1;

    Walk(int[] spans, double[] counts) {
      this.spans = spans;
      this.counts = counts;
    }

    boolean next() {
      while (leftInSpan == 0) {
        span += 2;
        if (span >= spans.length) {
          return false;
        }
        index += spans[span];
        leftInSpan = spans[span + 1];
      }
      leftInSpan--;
      index++;
      bucket++;
      return bucket < counts.length;
    }

    double count() {
      return counts[bucket];
    }
  }
}
