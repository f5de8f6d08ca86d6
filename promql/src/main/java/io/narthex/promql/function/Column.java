package io.narthex.promql.function;

import io.narthex.model.histogram.FloatHistogram;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The samples of one series at all steps: values, one bit per step that says whether there is a
 * sample, and histograms in a column of their own. Open to the kernels that walk it.
 *
 * <p>Where a histogram is not null, it is the sample and the value means nothing. {@link
 * #histograms} is null as long as there are only floats. Bits beyond the last step are always zero;
 * a histogram where there is no bit is always null.
 */
public final class Column {
  public final int steps;
  public final double[] values;
  public final long[] present;
  public FloatHistogram @Nullable [] histograms;

  public Column(int steps) {
    this.steps = steps;
    this.values = new double[steps];
    this.present = new long[(steps + 63) >>> 6];
  }

  /** Bytes of the arrays; histograms count as references. */
  public long bytes() {
    return 8L * values.length + 8L * present.length + (histograms == null ? 0 : 4L * steps);
  }

  public void clear() {
    Arrays.fill(present, 0);
    histograms = null;
  }

  public boolean has(int k) {
    return (present[k >>> 6] >>> k & 1) != 0;
  }

  /** Marks a step as present without touching its value. */
  public void mark(int k) {
    present[k >>> 6] |= 1L << k;
  }

  public void set(int k, double value) {
    values[k] = value;
    present[k >>> 6] |= 1L << k;
  }

  public void set(int k, FloatHistogram histogram) {
    if (histograms == null) {
      histograms = new FloatHistogram[steps];
    }
    histograms[k] = histogram;
    present[k >>> 6] |= 1L << k;
  }

  public void remove(int k) {
    present[k >>> 6] &= ~(1L << k);
    if (histograms != null) {
      histograms[k] = null;
    }
  }

  /** Marks all steps as present. */
  public void markAll() {
    Arrays.fill(present, -1L);
    if ((steps & 63) != 0) {
      present[present.length - 1] = (1L << steps) - 1;
    }
  }

  public boolean isFull() {
    int last = steps & 63;
    int words = present.length - (last == 0 ? 0 : 1);
    for (int w = 0; w < words; w++) {
      if (present[w] != -1L) {
        return false;
      }
    }
    return last == 0 || present[words] == (1L << last) - 1;
  }

  public boolean isEmpty() {
    for (long word : present) {
      if (word != 0) {
        return false;
      }
    }
    return true;
  }

  /** How many steps have a sample. */
  public int count() {
    int n = 0;
    for (long word : present) {
      n += Long.bitCount(word);
    }
    return n;
  }

  public @Nullable FloatHistogram histogram(int k) {
    return histograms == null ? null : histograms[k];
  }

  /** Whether the step has a float sample. */
  public boolean hasFloat(int k) {
    return has(k) && (histograms == null || histograms[k] == null);
  }

  public void copyFrom(Column other) {
    System.arraycopy(other.values, 0, values, 0, steps);
    System.arraycopy(other.present, 0, present, 0, present.length);
    histograms = other.histograms == null ? null : other.histograms.clone();
  }

  /** Takes over which steps have a sample; histograms are left out. */
  public void copyPresence(Column other) {
    if (other != this) {
      System.arraycopy(other.present, 0, present, 0, present.length);
      histograms = null;
    }
  }

  /** Leaves only the float samples. */
  public void dropHistograms() {
    if (histograms != null) {
      for (int k = 0; k < steps; k++) {
        if (histograms[k] != null) {
          present[k >>> 6] &= ~(1L << k);
        }
      }
      histograms = null;
    }
  }
}
