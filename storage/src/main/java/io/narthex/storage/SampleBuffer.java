package io.narthex.storage;

import io.narthex.model.histogram.CounterResetHint;
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
  private int chunksDecoded;

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
    chunksDecoded = 0;
    histograms = null;
    startTimestamps = null;
    integers = null;
  }

  /** Says that storage decoded so many chunks more for what is in the buffer. */
  public void countChunks(int chunks) {
    chunksDecoded += chunks;
  }

  /** Chunks that were decoded for what is in the buffer, as far as storage tells. */
  public int chunksDecoded() {
    return chunksDecoded;
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

  /** Since when a sample counts, milliseconds since the epoch; 0 where not known. */
  public long start(int sample) {
    return startTimestamps == null ? 0 : startTimestamps[sample];
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
    if (from == to) {
      return;
    }
    for (int i = to; i < size; i++) {
      move(i, from + i - to);
    }
    size(size - (to - from));
  }

  /** Overwrites an entry by another, for those who take entries out of the middle. */
  public void move(int from, int to) {
    timestamps[to] = timestamps[from];
    values[to] = values[from];
    if (histograms != null) {
      histograms[to] = histograms[from];
    }
    if (startTimestamps != null) {
      startTimestamps[to] = startTimestamps[from];
    }
    if (integers != null) {
      integers[to] = integers[from];
    }
  }

  /** Adds a copy of another buffer's entry. */
  public void addFrom(SampleBuffer other, int i) {
    addFrom(other, i, true);
  }

  /**
   * Adds a copy of another buffer's entry.
   *
   * @param follows whether the entry before it was its neighbour there too; if not, a counter
   *     histogram no longer knows whether there was a reset between them
   */
  public void addFrom(SampleBuffer other, int i, boolean follows) {
    FloatHistogram histogram = other.histograms == null ? null : other.histograms[i];
    if (histogram == null) {
      add(other.timestamps[i], other.values[i]);
    } else {
      boolean knows = follows || histogram.counterResetHint() == CounterResetHint.GAUGE;
      add(
          other.timestamps[i],
          knows ? histogram : histogram.withCounterResetHint(CounterResetHint.UNKNOWN));
      if (other.hasIntegers(i)) {
        lastHasIntegers();
      }
    }
    if (other.startTimestamps != null && other.startTimestamps[i] != 0) {
      startOfLast(other.startTimestamps[i]);
    }
  }
}
