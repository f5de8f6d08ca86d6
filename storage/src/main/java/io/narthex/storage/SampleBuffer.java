package io.narthex.storage;

import io.narthex.model.histogram.FloatHistogram;
import java.util.Arrays;

/**
 * Samples of one series as columns, reused from series to series. The arrays are open to the
 * kernels that walk them; only the first {@link #size} entries count.
 *
 * <p>A histogram sample has its histogram in {@link #histograms} and its sum as value, so that a
 * stale histogram sample is a staleness marker like any other. {@link #histograms} is null as long
 * as there are only floats, which is nearly always. {@link #startTimestamps} is null as long as no
 * sample says since when it counts; else 0 where it does not say. {@link #integers} is null as long
 * as no histogram has integer counts.
 */
public final class SampleBuffer {
  public long[] timestamps;
  public double[] values;
  public FloatHistogram[] histograms;
  public long[] startTimestamps;
  public boolean[] integers;
  private long[] spareStarts = new long[0];
  private int size;

  public SampleBuffer(int capacity) {
    timestamps = new long[capacity];
    values = new double[capacity];
  }

  public SampleBuffer() {
    this(256);
  }

  public int size() {
    return size;
  }

  public boolean hasHistograms() {
    return histograms != null;
  }

  public void clear() {
    size = 0;
    histograms = null;
    startTimestamps = null;
    integers = null;
  }

  public void add(long timestampMillis, double value) {
    if (size == timestamps.length) {
      reserve(size + 1);
    }
    timestamps[size] = timestampMillis;
    values[size++] = value;
  }

  public void add(long timestampMillis, FloatHistogram histogram) {
    if (size == timestamps.length) {
      reserve(size + 1);
    }
    if (histograms == null) {
      histograms = new FloatHistogram[timestamps.length];
    }
    if (integers != null) {
      integers[size] = false;
    }
    timestamps[size] = timestampMillis;
    values[size] = histogram.sum();
    histograms[size++] = histogram;
  }

  /** Says since when, in milliseconds since the epoch, the sample added last counts. */
  public void startOfLast(long startMillis) {
    withStartTimestamps();
    startTimestamps[size - 1] = startMillis;
  }

  /** Makes sure that there is a column of start timestamps; so far none is known. */
  public void withStartTimestamps() {
    if (startTimestamps != null) {
      return;
    }
    if (spareStarts.length < timestamps.length) {
      spareStarts = new long[timestamps.length];
    } else {
      Arrays.fill(spareStarts, 0);
    }
    startTimestamps = spareStarts;
  }

  /** Says that the histogram added last was stored with integer counts. */
  public void lastHasIntegers() {
    if (integers == null) {
      integers = new boolean[timestamps.length];
    }
    integers[size - 1] = true;
  }

  /** Whether the sample is a histogram that was stored with integer counts. */
  public boolean hasIntegers(int sample) {
    return integers != null && integers[sample];
  }

  /** Makes room for so many samples in all. */
  public void reserve(int capacity) {
    if (capacity > timestamps.length) {
      int grown = Math.max(capacity, timestamps.length * 2);
      timestamps = Arrays.copyOf(timestamps, grown);
      values = Arrays.copyOf(values, grown);
      if (histograms != null) {
        histograms = Arrays.copyOf(histograms, grown);
      }
      if (startTimestamps != null) {
        startTimestamps = Arrays.copyOf(startTimestamps, grown);
        spareStarts = startTimestamps;
      }
      if (integers != null) {
        integers = Arrays.copyOf(integers, grown);
      }
    }
  }

  /** Says how many entries a decoder that wrote to the arrays itself has left there. */
  public void size(int newSize) {
    if (newSize > timestamps.length) {
      throw new IndexOutOfBoundsException(newSize);
    }
    if (histograms != null && newSize < size) {
      Arrays.fill(histograms, newSize, size, null);
    }
    if (startTimestamps != null && newSize < size) {
      Arrays.fill(startTimestamps, newSize, size, 0);
    }
    size = newSize;
  }

  /** Removes the entries of the index range {@code [from, to)}; later ones move down. */
  public void remove(int from, int to) {
    int moved = size - to;
    if (from == to) {
      return;
    }
    System.arraycopy(timestamps, to, timestamps, from, moved);
    System.arraycopy(values, to, values, from, moved);
    if (histograms != null) {
      System.arraycopy(histograms, to, histograms, from, moved);
    }
    if (startTimestamps != null) {
      System.arraycopy(startTimestamps, to, startTimestamps, from, moved);
    }
    size(from + moved);
  }
}
