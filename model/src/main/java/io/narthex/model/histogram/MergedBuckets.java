package io.narthex.model.histogram;

import java.util.Arrays;

/** Which buckets of one side of a histogram fall together in a coarser exponential schema. */
final class MergedBuckets {
  private final int[] spans;
  private final int buckets;

  /** For each bucket its place among the merged ones. */
  private int[] target = new int[0];

  private int merged;

  MergedBuckets(int[] spans, int buckets) {
    this.spans = spans;
    this.buckets = buckets;
  }

  /** Whether the spans are in order and have as many buckets as there are. */
  boolean fits() {
    long covered = 0;
    for (int i = 0; i < spans.length; i += 2) {
      if (i > 0 && spans[i] < 0) {
        return false;
      }
      covered += spans[i + 1] & 0xFFFFFFFFL;
    }
    return covered == buckets;
  }

  /**
   * Merges buckets for a schema with so many fewer binary digits of resolution.
   *
   * @return the spans of the merged buckets
   */
  int[] merge(int digits) {
    target = new int[buckets];
    merged = 0;
    int[] to = new int[2 * buckets];
    int ends = 0;
    long index = 0;
    long last = 0;
    int bucket = 0;
    for (int i = 0; i < spans.length; i += 2) {
      index += spans[i];
      for (int n = spans[i + 1]; n > 0; n--) {
        long coarse = (index++ - 1 >> digits) + 1;
        if (merged == 0 || coarse > last + 1) {
          to[ends++] = (int) (merged == 0 ? coarse : coarse - last - 1);
          to[ends++] = 1;
          merged++;
        } else if (coarse > last) {
          to[ends - 1]++;
          merged++;
        }
        last = coarse;
        target[bucket++] = merged - 1;
      }
    }
    return Arrays.copyOf(to, ends);
  }

  /** The merged buckets of integer counts; both are deltas to the bucket before. */
  long[] deltas(long[] deltas) {
    long[] counts = new long[merged];
    long count = 0;
    for (int i = 0; i < buckets; i++) {
      count += deltas[i];
      counts[target[i]] += count;
    }
    for (int i = merged - 1; i > 0; i--) {
      counts[i] -= counts[i - 1];
    }
    return counts;
  }

  double[] counts(double[] counts) {
    double[] sums = new double[merged];
    for (int i = 0; i < buckets; i++) {
      sums[target[i]] += counts[i];
    }
    return sums;
  }
}
