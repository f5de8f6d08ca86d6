package io.narthex.client;

import java.util.Arrays;

/**
 * Quantiles of a stream in little memory: the targeted variant of Cormode, Korn, Muthukrishnan and
 * Srivastava, "Effective Computation of Biased Quantiles over Data Streams" (ICDE 2005).
 *
 * <p>Kept are some of the observed values in ascending order. Entry i covers {@code width[i]}
 * observations, and its rank is known up to {@code slack[i]}. Neighbours are merged while the error
 * stays within what the wanted quantiles allow; the allowed rank error of quantile q is a tenth of
 * its distance to the nearer end, which gives 0.05 for the median and 0.001 for 0.99, the values
 * that Prometheus uses.
 */
final class QuantileStream {
  private final double[] quantiles;
  private double[] value = new double[64];
  private double[] width = new double[64];
  private double[] slack = new double[64];
  private int size;
  private double total;

  QuantileStream(double[] quantiles) {
    this.quantiles = quantiles;
  }

  void clear() {
    size = 0;
    total = 0;
  }

  /** Merges the first {@code count} observations of an ascending array into the stream. */
  void insertSorted(double[] observed, int count) {
    ensureCapacity(size + count);
    // Merge from the back, in place: the new entries' ranks below are the widths of the old entries
    // still to come.
    double below = total;
    int from = size - 1;
    int to = size + count - 1;
    for (int next = count - 1; next >= 0; to--) {
      if (from >= 0 && value[from] > observed[next]) {
        below -= width[from];
        move(from--, to);
      } else {
        boolean atAnEnd = from < 0 || from == size - 1;
        value[to] = observed[next];
        width[to] = 1;
        slack[to] = atAnEnd ? 0 : Math.max(0, Math.floor(allowedError(below)) - 1);
        next--;
      }
    }
    size += count;
    total += count;
    compress();
  }

  /** The estimated quantile, NaN for an empty stream. */
  double query(double quantile) {
    if (size == 0) {
      return Double.NaN;
    }
    double rank = Math.ceil(quantile * total);
    double limit = rank + Math.ceil(allowedError(rank) / 2);
    double reached = 0;
    for (int i = 1; i < size; i++) {
      reached += width[i - 1];
      if (reached + width[i] + slack[i] > limit) {
        return value[i - 1];
      }
    }
    return value[size - 1];
  }

  int entries() {
    return size;
  }

  private double allowedError(double rank) {
    double smallest = Double.MAX_VALUE;
    for (double q : quantiles) {
      double epsilon = Math.min(q, 1 - q) / 10;
      double error =
          q * total <= rank ? 2 * epsilon * rank / q : 2 * epsilon * (total - rank) / (1 - q);
      smallest = Math.min(smallest, error);
    }
    return smallest;
  }

  /** Merges entries into their right neighbours, from the back, wherever the error allows. */
  private void compress() {
    if (size < 2) {
      return;
    }
    int kept = size - 1;
    double below = total - width[kept];
    for (int i = size - 2; i >= 0; i--) {
      below -= width[i];
      if (width[i] + width[kept] + slack[kept] <= allowedError(below)) {
        width[kept] += width[i];
      } else {
        kept--;
        move(i, kept);
      }
    }
    for (int i = kept; i < size; i++) {
      move(i, i - kept);
    }
    size -= kept;
  }

  private void move(int from, int to) {
    value[to] = value[from];
    width[to] = width[from];
    slack[to] = slack[from];
  }

  private void ensureCapacity(int needed) {
    if (needed > value.length) {
      int capacity = Math.max(needed, value.length * 2);
      value = Arrays.copyOf(value, capacity);
      width = Arrays.copyOf(width, capacity);
      slack = Arrays.copyOf(slack, capacity);
    }
  }
}
