package io.narthex.tsdb.head;

import io.narthex.model.histogram.NativeHistogram;
import java.util.Arrays;

/**
 * The samples of one appender, as columns that are used again. They are in parts, nearly always
 * one, that are logged and added one after the other, each with its floats before its histograms.
 */
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

  /** What the appender accepts. */
  AppendLimits limits = new AppendLimits(Long.MIN_VALUE, Long.MIN_VALUE, 0);

  final HistogramColumns histograms = new HistogramColumns();
  private final BatchKinds kinds = new BatchKinds();
  final ExemplarBatch exemplars = new ExemplarBatch();

  /** Where parts end that are not the last: floats and histograms in turn. */
  private int[] ends = {};

  void add(int row, long ref, long t, double value) {
    if (kinds.forbidsFloat(row)) {
      endPart();
    }
    if (size == refs.length) {
      grow();
    }
    refs[size] = ref;
    times[size] = t;
    values[size++] = value;
  }

  void add(int row, long ref, long t, NativeHistogram h) {
    if (kinds.forbids(row, h)) {
      endPart();
    }
    kinds.add(row, h);
    histograms.add(ref, t, h);
  }

  private void endPart() {
    ends = Arrays.copyOf(ends, ends.length + 2);
    ends[ends.length - 2] = size;
    ends[ends.length - 1] = histograms.size;
    kinds.clear();
  }

  int parts() {
    return ends.length / 2 + 1;
  }

  /** Where the floats of a part start; those of the part after the last would at the size. */
  int floatsOf(int part) {
    return part == 0 ? 0 : part == parts() ? size : ends[2 * part - 2];
  }

  /** Where the histograms of a part start, in the same way. */
  int histogramsOf(int part) {
    return part == 0 ? 0 : part == parts() ? histograms.size : ends[2 * part - 1];
  }

  boolean isEmpty() {
    return size == 0 && histograms.size == 0;
  }

  void clear() {
    size = 0;
    histograms.clear();
    kinds.clear();
    ends = new int[0];
    exemplars.clear();
  }

  boolean worthKeeping() {
    return refs.length <= MAX_KEPT && histograms.refs.length <= MAX_KEPT;
  }

  private void grow() {
    int capacity = size * 2;
    refs = Arrays.copyOf(refs, capacity);
    times = Arrays.copyOf(times, capacity);
    values = Arrays.copyOf(values, capacity);
    rows = new int[capacity];
  }
}
