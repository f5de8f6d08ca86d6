package io.narthex.promql.exec.aggregation;

import java.util.Arrays;

/**
 * The largest (or smallest) k of a stream of values, with the series that each came from: a binary
 * heap whose root is the next to go. NaN is the first to go. Which of equal values stay follows
 * from the order of arrival as in Prometheus, whose heap works the same way.
 */
final class ValueHeap {
  private final boolean largest;
  private final int capacity;
  private double[] values;
  private int[] series;
  private int size;

  ValueHeap(boolean largest, int capacity) {
    this.largest = largest;
    this.capacity = capacity;
    this.values = new double[Math.min(capacity, 8)];
    this.series = new int[values.length];
  }

  int size() {
    return size;
  }

  void offer(double value, int from) {
    if (size < capacity) {
      if (size == values.length) {
        int grown = Math.min(capacity, 2 * size);
        values = Arrays.copyOf(values, grown);
        series = Arrays.copyOf(series, grown);
      }
      values[size] = value;
      series[size] = from;
      up(size++);
    } else if ((largest ? values[0] < value : values[0] > value)
        || (Double.isNaN(values[0]) && !Double.isNaN(value))) {
      values[0] = value;
      series[0] = from;
      down();
    }
  }

  /** Orders the values from the best to the worst; nothing may be offered after that. */
  void sort() {
    for (int i = 1; i < size; i++) {
      double value = values[i];
      int from = series[i];
      int at = i;
      while (at > 0 && goesBefore(values[at - 1], value)) {
        values[at] = values[at - 1];
        series[at] = series[at - 1];
        at--;
      }
      values[at] = value;
      series[at] = from;
    }
  }

  double value(int i) {
    return values[i];
  }

  int series(int i) {
    return series[i];
  }

  /** Whether a leaves the heap before b. */
  private boolean goesBefore(double a, double b) {
    return Double.isNaN(a) || (largest ? a < b : a > b);
  }

  private void up(int from) {
    int j = from;
    while (j > 0) {
      int parent = (j - 1) / 2;
      if (!goesBefore(values[j], values[parent])) {
        return;
      }
      swap(j, parent);
      j = parent;
    }
  }

  private void down() {
    int i = 0;
    while (2 * i + 1 < size) {
      int child = 2 * i + 1;
      if (child + 1 < size && goesBefore(values[child + 1], values[child])) {
        child++;
      }
      if (!goesBefore(values[child], values[i])) {
        return;
      }
      swap(i, child);
      i = child;
    }
  }

  private void swap(int i, int j) {
    double value = values[i];
    values[i] = values[j];
    values[j] = value;
    int from = series[i];
    series[i] = series[j];
    series[j] = from;
  }
}
