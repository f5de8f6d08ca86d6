package io.narthex.promql.function;

import java.util.Arrays;

/**
 * The values of a moving window in order. Few samples come and go from step to step, so they are
 * put in and taken out by binary search; where most of the window changes it is sorted anew. NaN
 * comes first, as Prometheus sorts it.
 */
final class SortedWindow {
  private double[] sorted = new double[64];
  private int size;
  private int nans;
  private int low;
  private int high;

  void reset() {
    size = 0;
    nans = 0;
    low = 0;
    high = 0;
  }

  /** Moves on to the samples {@code newLow <= i < newHigh}; neither border moves back. */
  void moveTo(double[] v, int newLow, int newHigh) {
    int changes = (newLow - low) + (newHigh - high);
    if (newLow >= high || changes > (newHigh - newLow) / 2) {
      rebuild(v, newLow, newHigh);
    } else {
      for (int i = low; i < newLow; i++) {
        remove(v[i]);
      }
      for (int i = high; i < newHigh; i++) {
        insert(v[i]);
      }
    }
    low = newLow;
    high = newHigh;
  }

  int size() {
    return nans + size;
  }

  double get(int rank) {
    return rank < nans ? Double.NaN : sorted[rank - nans];
  }

  double quantile(double q) {
    if (size() == 0 || Double.isNaN(q)) {
      return Double.NaN;
    }
    if (q < 0) {
      return Double.NEGATIVE_INFINITY;
    }
    if (q > 1) {
      return Double.POSITIVE_INFINITY;
    }
    double n = size();
    double rank = q * (n - 1);
    double floor = Math.floor(rank);
    double lower = Math.max(0, floor);
    double upper = Math.min(n - 1, lower + 1);
    double weight = rank - floor;
    return get((int) lower) * (1 - weight) + get((int) upper) * weight;
  }

  private void rebuild(double[] v, int from, int to) {
    reset();
    if (sorted.length < to - from) {
      sorted = new double[Math.max(to - from, 2 * sorted.length)];
    }
    for (int i = from; i < to; i++) {
      if (!Double.isNaN(v[i])) {
        sorted[size++] = v[i];
      } else {
        nans++;
      }
    }
    Arrays.sort(sorted, 0, size);
  }

  private void insert(double x) {
    if (Double.isNaN(x)) {
      nans++;
      return;
    }
    if (size == sorted.length) {
      sorted = Arrays.copyOf(sorted, 2 * size);
    }
    int found = Arrays.binarySearch(sorted, 0, size, x);
    int at = found < 0 ? -found - 1 : found;
    System.arraycopy(sorted, at, sorted, at + 1, size - at);
    sorted[at] = x;
    size++;
  }

  private void remove(double x) {
    if (Double.isNaN(x)) {
      nans--;
      return;
    }
    int at = Arrays.binarySearch(sorted, 0, size, x);
    System.arraycopy(sorted, at + 1, sorted, at, size - at - 1);
    size--;
  }
}
