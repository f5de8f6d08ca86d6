package io.narthex.tsdb.head;

import io.narthex.model.histogram.NativeHistogram;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The native histogram samples of a batch, as columns that are used again. */
final class HistogramColumns {
  private static final int FIRST_CAPACITY = 64;

  long[] refs = {};
  long[] times = {};
  long[] starts = {};
  private @Nullable NativeHistogram[] values = {};
  int size;

  void add(long ref, long t, NativeHistogram h, long start) {
    if (size == refs.length) {
      int capacity = Math.max(FIRST_CAPACITY, 2 * size);
      refs = Arrays.copyOf(refs, capacity);
      times = Arrays.copyOf(times, capacity);
      starts = Arrays.copyOf(starts, capacity);
      values = Arrays.copyOf(values, capacity);
    }
    refs[size] = ref;
    times[size] = t;
    starts[size] = start;
    values[size++] = h;
  }

  @SuppressWarnings("NullAway") // Below the size there are no nulls.
  NativeHistogram value(int i) {
    return values[i];
  }

  void clear() {
    Arrays.fill(values, 0, size, null);
    size = 0;
  }
}
