package io.narthex.tsdb.head;

import io.narthex.model.histogram.NativeHistogram;
import java.util.Arrays;

/**
 * The samples of one appender, as columns that are used again. They are in parts, nearly always
 * one, that are logged and added one after the other, each with its floats before its histograms.
 */
final class Batch {
  private static final int FIRST_CAPACITY = 512;
  private static final long[] NO_STARTS = {};

  /** Batches that grew beyond this are not kept. */
  private static final int MAX_KEPT = 1 << 18;

  long[] refs = new long[FIRST_CAPACITY];
  long[] times = new long[FIRST_CAPACITY];
  double[] values = new double[FIRST_CAPACITY];

  /** Since when the samples count; of no meaning as long as none says so. */
  private long[] starts = NO_STARTS;

  private boolean hasStarts;

  /** Filled in at commit. */
  int[] rows = new int[FIRST_CAPACITY];

  int size;

  /** What the appender accepts. */
  AppendLimits limits = new AppendLimits(Long.MIN_VALUE, Long.MIN_VALUE, 0);

  final HistogramColumns histograms = new HistogramColumns();
  private final BatchKinds kinds = new BatchKinds();
  final ExemplarBatch exemplars = new ExemplarBatch();
  final MetadataBatch metadata = new MetadataBatch();

  /** Where parts end that are not the last: floats and histograms in turn. */
  private int[] ends = {};

  void add(int row, long ref, long t, double value, long start) {
    if (kinds.forbidsFloat(row)) {
      endPart();
    }
    if (size == refs.length) {
      grow();
    }
    if (start != 0 && !hasStarts) {
      starts = starts.length < refs.length ? new long[refs.length] : starts;
      Arrays.fill(starts, 0, size, 0);
      hasStarts = true;
    }
    if (hasStarts) {
      starts[size] = start;
    }
    refs[size] = ref;
    times[size] = t;
    values[size++] = value;
  }

  /** Since when the float samples count; empty where none says so. */
  long[] starts() {
    return hasStarts ? starts : NO_STARTS;
  }

  /** Since when a float sample counts; 0 where not known. */
  long start(int i) {
    return hasStarts ? starts[i] : 0;
  }

  void add(int row, long ref, long t, NativeHistogram h, long start) {
    if (kinds.forbids(row, h)) {
      endPart();
    }
    kinds.add(row, h);
    histograms.add(ref, t, h, start);
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
    hasStarts = false;
    histograms.clear();
    kinds.clear();
    ends = new int[0];
    exemplars.clear();
    metadata.clear();
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
    if (hasStarts) {
      starts = Arrays.copyOf(starts, capacity);
    }
  }
}
