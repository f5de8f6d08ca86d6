package io.narthex.model.histogram;

import java.util.Arrays;

/**
 * The buckets of one side of a histogram, each with its index, ascending, and for sums what
 * rounding took away. Buckets that are not listed are empty.
 */
final class BucketCounts {
  int[] index;
  double[] count;
  double[] lost;
  int size;

  private BucketCounts(int capacity) {
    index = new int[capacity];
    count = new double[capacity];
    lost = new double[capacity];
  }

  static BucketCounts of(int[] spans, double[] counts) {
    BucketCounts buckets = new BucketCounts(counts.length);
    int at = 0;
    for (int s = 0; s + 1 < spans.length; s += 2) {
      at += spans[s];
      for (int i = 0; i < spans[s + 1] && buckets.size < counts.length; i++) {
        buckets.index[buckets.size] = at++;
        buckets.count[buckets.size] = counts[buckets.size];
        buckets.size++;
      }
    }
    return buckets;
  }

  BucketCounts copy() {
    BucketCounts copy = new BucketCounts(size);
    System.arraycopy(index, 0, copy.index, 0, size);
    System.arraycopy(count, 0, copy.count, 0, size);
    System.arraycopy(lost, 0, copy.lost, 0, size);
    copy.size = size;
    return copy;
  }

  private void append(int bucket, double value, double compensation) {
    index[size] = bucket;
    count[size] = value;
    lost[size++] = compensation;
  }

  /**
   * Adds the buckets of another side.
   *
   * @param sign 1 to add, -1 to subtract
   * @param from the other's first bucket that counts
   * @param compensated whether to keep what rounding takes away
   */
  void add(BucketCounts other, double sign, int from, boolean compensated) {
    BucketCounts merged = new BucketCounts(size + other.size - from);
    int a = 0;
    int b = from;
    while (a < size || b < other.size) {
      if (b == other.size || (a < size && index[a] < other.index[b])) {
        merged.append(index[a], count[a], lost[a]);
        a++;
      } else if (a == size || other.index[b] < index[a]) {
        merged.append(other.index[b], sign * other.count[b], sign * other.lost[b]);
        b++;
      } else {
        merged.append(index[a], count[a], lost[a]);
        merged.increase(merged.size - 1, sign * other.count[b], compensated);
        if (compensated && other.lost[b] != 0) {
          merged.increase(merged.size - 1, sign * other.lost[b], true);
        }
        a++;
        b++;
      }
    }
    index = merged.index;
    count = merged.count;
    lost = merged.lost;
    size = merged.size;
  }

  private void increase(int i, double value, boolean compensated) {
    double before = count[i];
    double after = before + value;
    if (compensated) {
      lost[i] = HistogramSum.compensated(value, before, after, lost[i]);
    }
    count[i] = after;
  }

  /** Merges buckets as a schema with so many fewer binary digits of resolution has them. */
  void reduce(int digits, boolean compensated) {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      int target = ((index[i] - 1) >> digits) + 1;
      if (kept > 0 && index[kept - 1] == target) {
        increase(kept - 1, count[i], compensated);
        if (compensated) {
          increase(kept - 1, lost[i], true);
        }
      } else {
        index[kept] = target;
        count[kept] = count[i];
        lost[kept++] = lost[i];
      }
    }
    size = kept;
  }

  /** Brings buckets with custom bounds to fewer bounds, all of which are among the old ones. */
  BucketCounts mapped(double[] bounds, double[] target) {
    BucketCounts mapped = new BucketCounts(target.length + 1);
    int at = 0;
    for (int i = 0; i < size; i++) {
      int bucket = target.length;
      if (index[i] < bounds.length) {
        while (at < target.length && target[at] < bounds[index[i]]) {
          at++;
        }
        bucket = at;
      }
      if (mapped.size == 0 || mapped.index[mapped.size - 1] != bucket) {
        mapped.append(bucket, 0, 0);
      }
      mapped.increase(mapped.size - 1, count[i], true);
      if (lost[i] != 0) {
        mapped.increase(mapped.size - 1, lost[i], true);
      }
    }
    return mapped;
  }

  void dropFirst(int n) {
    if (n > 0) {
      index = Arrays.copyOfRange(index, n, size);
      count = Arrays.copyOfRange(count, n, size);
      lost = Arrays.copyOfRange(lost, n, size);
      size -= n;
    }
  }

  void multiply(double factor) {
    for (int i = 0; i < size; i++) {
      count[i] *= factor;
      lost[i] *= factor;
    }
  }

  void divide(double divisor) {
    if (divisor == 0) {
      size = 0;
    }
    for (int i = 0; i < size; i++) {
      count[i] /= divisor;
      lost[i] /= divisor;
    }
  }

  boolean overflows() {
    for (int i = 0; i < size; i++) {
      if (Double.isInfinite(count[i])) {
        return true;
      }
    }
    return false;
  }

  /** The count of a bucket, looked for from a position on; buckets are asked for in order. */
  int seek(int from, int bucket) {
    int i = from;
    while (i < size && index[i] < bucket) {
      i++;
    }
    return i;
  }

  /** Leaves out empty buckets, after what rounding took away was given back. */
  void settle() {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      double value = count[i] + lost[i];
      if (value != 0) {
        index[kept] = index[i];
        count[kept] = value;
        lost[kept++] = 0;
      }
    }
    size = kept;
  }

  double[] counts() {
    return Arrays.copyOf(count, size);
  }

  int[] spans() {
    int[] spans = new int[2 * size];
    int used = 0;
    for (int i = 0; i < size; i++) {
      if (i > 0 && index[i] == index[i - 1] + 1) {
        spans[used - 1]++;
      } else {
        spans[used++] = i == 0 ? index[0] : index[i] - index[i - 1] - 1;
        spans[used++] = 1;
      }
    }
    return Arrays.copyOf(spans, used);
  }
}
