package io.narthex.tsdb.head;

import io.narthex.model.histogram.NativeHistogram;
import io.narthex.tsdb.chunk.ChunkEncoding;
import io.narthex.tsdb.chunk.HeadChunkFiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The samples of one series that came out of order: a few in memory, sorted by time, and chunks in
 * the head chunk files, in no order of time. One thread changes it, under the commit lock; others
 * take a {@link Snapshot}.
 */
final class OutOfOrderSeries {
  private static final int FIRST_CAPACITY = 4;
  private static final long[] VISIBLE = {};
  private static final long[] NO_STARTS = {};
  private static final NativeHistogram[] NO_HISTOGRAMS = {};

  /**
   * A chunk in the head chunk files.
   *
   * @param positions where the isolation log has its samples; empty where all views see them
   */
  record Mapped(long mint, long maxt, long chunkRef, ChunkEncoding encoding, long[] positions) {}

  /**
   * Samples in memory, ascending in time.
   *
   * @param histograms empty where there are only floats, else null for each float
   * @param starts empty where no sample says since when it counts
   */
  record Open(
      long[] times,
      long[] valueBits,
      @Nullable NativeHistogram[] histograms,
      long[] starts,
      long[] positions) {
    int size() {
      return times.length;
    }

    long start(int i) {
      return starts.length == 0 ? 0 : starts[i];
    }

    @Nullable NativeHistogram histogram(int i) {
      return histograms.length == 0 ? null : histograms[i];
    }
  }

  /** All of the series at a moment. */
  record Snapshot(List<Mapped> mapped, Open open) {}

  private final List<Mapped> mapped = new ArrayList<>(2);
  private long[] times = new long[FIRST_CAPACITY];
  private long[] valueBits = new long[FIRST_CAPACITY];
  private long[] positions = new long[FIRST_CAPACITY];
  private @Nullable NativeHistogram[] histograms = NO_HISTOGRAMS;
  private long[] starts = NO_STARTS;
  private int size;
  private long lastCut;

  /** Adds a float; false where the time is taken by a sample in memory. */
  synchronized boolean insert(long t, long bits, long start, long position) {
    int at = place(t);
    if (at < 0) {
      return false;
    }
    open(at, t, bits, start, position);
    if (histograms.length > 0) {
      histograms[at] = null;
    }
    return true;
  }

  /** Adds a histogram; false where the time is taken by a sample in memory. */
  synchronized boolean insert(long t, NativeHistogram h, long start, long position) {
    int at = place(t);
    if (at < 0) {
      return false;
    }
    if (histograms.length == 0) {
      histograms = new NativeHistogram[times.length];
    }
    open(at, t, Double.doubleToRawLongBits(h.sum()), start, position);
    histograms[at] = h;
    return true;
  }

  /** Forgets samples in memory of a range, both ends included; whether it had the last of them. */
  synchronized boolean delete(long mint, long maxt) {
    int before = size;
    size = 0;
    for (int i = 0; i < before; i++) {
      if (times[i] < mint || times[i] > maxt) {
        times[size] = times[i];
        valueBits[size] = valueBits[i];
        positions[size] = positions[i];
        if (histograms.length > 0) {
          histograms[size] = histograms[i];
        }
        if (starts.length > 0) {
          starts[size] = starts[i];
        }
        size++;
      }
    }
    if (size == 0) {
      clearOpen();
    }
    return before > 0 && size == 0;
  }

  /** Where a time belongs; negative where it is taken. Nearly always that is the end. */
  private int place(long t) {
    if (size == 0 || t > times[size - 1]) {
      return size;
    }
    int found = Arrays.binarySearch(times, 0, size, t);
    return found >= 0 ? -1 : -found - 1;
  }

  private void open(int at, long t, long bits, long start, long position) {
    if (size == times.length) {
      times = Arrays.copyOf(times, 2 * size);
      valueBits = Arrays.copyOf(valueBits, 2 * size);
      positions = Arrays.copyOf(positions, 2 * size);
      if (histograms.length > 0) {
        histograms = Arrays.copyOf(histograms, 2 * size);
      }
      if (starts.length > 0) {
        starts = Arrays.copyOf(starts, 2 * size);
      }
    }
    int later = size - at;
    System.arraycopy(times, at, times, at + 1, later);
    System.arraycopy(valueBits, at, valueBits, at + 1, later);
    System.arraycopy(positions, at, positions, at + 1, later);
    if (histograms.length > 0) {
      System.arraycopy(histograms, at, histograms, at + 1, later);
    }
    openStart(at, later, start);
    times[at] = t;
    valueBits[at] = bits;
    positions[at] = position;
    size++;
  }

  private void openStart(int at, int later, long start) {
    if (starts.length == 0) {
      if (start == 0) {
        return;
      }
      starts = new long[times.length];
    }
    System.arraycopy(starts, at, starts, at + 1, later);
    starts[at] = start;
  }

  synchronized int openSize() {
    return size;
  }

  synchronized boolean isEmpty() {
    return size == 0 && mapped.isEmpty();
  }

  synchronized int chunkCount() {
    return mapped.size() + (size > 0 ? 1 : 0);
  }

  /** Reference of the chunk that was cut last, 0 before the first. */
  synchronized long lastCut() {
    return lastCut;
  }

  synchronized Open open() {
    return new Open(
        Arrays.copyOf(times, size),
        Arrays.copyOf(valueBits, size),
        histograms.length == 0 ? NO_HISTOGRAMS : Arrays.copyOf(histograms, size),
        starts.length == 0 ? NO_STARTS : Arrays.copyOf(starts, size),
        Arrays.copyOf(positions, size));
  }

  synchronized Snapshot snapshot() {
    return new Snapshot(List.copyOf(mapped), open());
  }

  synchronized List<Mapped> mapped() {
    return List.copyOf(mapped);
  }

  synchronized boolean hasMapped(long chunkRef) {
    for (Mapped chunk : mapped) {
      if (chunk.chunkRef() == chunkRef) {
        return true;
      }
    }
    return false;
  }

  /** Replaces the samples in memory by the chunks that have them now. */
  synchronized void cut(List<Mapped> chunks) {
    mapped.addAll(chunks);
    lastCut = chunks.getLast().chunkRef();
    clearOpen();
  }

  /** Takes over a chunk found at start. */
  synchronized void add(Mapped chunk) {
    mapped.add(chunk);
    lastCut = chunk.chunkRef();
  }

  /** Forgets the samples in memory: chunks have them. */
  synchronized void clearOpen() {
    size = 0;
    histograms = NO_HISTOGRAMS;
    starts = NO_STARTS;
  }

  /** Forgets which views see the samples of chunks that all views see by now. */
  synchronized void settle(long lowWatermark) {
    for (int i = 0; i < mapped.size(); i++) {
      Mapped chunk = mapped.get(i);
      if (chunk.positions().length > 0 && allBefore(chunk.positions(), lowWatermark)) {
        mapped.set(
            i, new Mapped(chunk.mint(), chunk.maxt(), chunk.chunkRef(), chunk.encoding(), VISIBLE));
      }
    }
  }

  private static boolean allBefore(long[] positions, long limit) {
    for (long position : positions) {
      if (position >= limit) {
        return false;
      }
    }
    return true;
  }

  /** Forgets the chunks up to one, which are in blocks; says how many. */
  synchronized int dropUpTo(LastCompacted last) {
    int before = mapped.size();
    mapped.removeIf(chunk -> last.covers(chunk.chunkRef()));
    return before - mapped.size();
  }

  /** The first file that has a chunk of the series. */
  synchronized int oldestFile() {
    int oldest = Integer.MAX_VALUE;
    for (Mapped chunk : mapped) {
      oldest = Math.min(oldest, HeadChunkFiles.fileNumber(chunk.chunkRef()));
    }
    return oldest;
  }

  /** Time of the oldest sample; {@code Long.MAX_VALUE} where there is none. */
  synchronized long mint() {
    long mint = size > 0 ? times[0] : Long.MAX_VALUE;
    for (Mapped chunk : mapped) {
      mint = Math.min(mint, chunk.mint());
    }
    return mint;
  }

  /** Time of the newest sample; {@code Long.MIN_VALUE} where there is none. */
  synchronized long maxt() {
    long maxt = size > 0 ? times[size - 1] : Long.MIN_VALUE;
    for (Mapped chunk : mapped) {
      maxt = Math.max(maxt, chunk.maxt());
    }
    return maxt;
  }

  synchronized boolean overlaps(long mint, long maxt) {
    if (size > 0 && times[0] <= maxt && times[size - 1] >= mint) {
      return true;
    }
    for (Mapped chunk : mapped) {
      if (chunk.mint() <= maxt && chunk.maxt() >= mint) {
        return true;
      }
    }
    return false;
  }
}
