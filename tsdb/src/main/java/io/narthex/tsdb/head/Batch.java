package io.narthex.tsdb.head;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The samples of one appender, as columns that are used again. */
final class Batch {
  private static final int FIRST_CAPACITY = 512;

  /** Batches that grew beyond this are not kept. */
  private static final int MAX_KEPT = 1 << 18;

  long[] refs = new long[FIRST_CAPACITY];
  long[] times = new long[FIRST_CAPACITY];
  double[] values = new double[FIRST_CAPACITY];

  /** Filled in at commit. */
  int[] rows = new int[FIRST_CAPACITY];

  int size;
  final List<HistogramSample> histograms = new ArrayList<>(0);

  void add(long ref, long t, double value) {
    if (size == refs.length) {
      grow();
    }
    refs[size] = ref;
    times[size] = t;
    values[size++] = value;
  }

  boolean isEmpty() {
    return size == 0 && histograms.isEmpty();
  }

  void clear() {
    size = 0;
    histograms.clear();
  }

  boolean worthKeeping() {
    return refs.length <= MAX_KEPT;
  }

  private void grow() {
    int capacity = size * 2;
    refs = Arrays.copyOf(refs, capacity);
    times = Arrays.copyOf(times, capacity);
    values = Arrays.copyOf(values, capacity);
    rows = new int[capacity];
  }
}
