package io.narthex.tsdb.head;

import io.narthex.tsdb.chunk.HistogramChunkEncoder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The open histogram chunks of all rows, by number. Rows without one pay nothing. Numbers are given
 * and taken back under the commit lock; readers check the row's version after a look.
 */
final class OpenHistograms {
  private volatile @Nullable OpenHistogram[] chunks = new OpenHistogram[16];
  private int limit;
  private int[] free = new int[16];
  private int freeCount;

  /** Keeps a chunk, and returns its number. */
  int add(HistogramChunkEncoder<?> encoder) {
    int number = freeCount > 0 ? free[--freeCount] : limit++;
    if (number == chunks.length) {
      chunks = Arrays.copyOf(chunks, Math.max(16, 2 * number));
    }
    chunks[number] = new OpenHistogram(encoder);
    return number;
  }

  /** The chunk of a number in use; under a race it may be another's, or null. */
  @Nullable OpenHistogram get(int number) {
    @Nullable OpenHistogram[] all = chunks;
    return number >= 0 && number < all.length ? all[number] : null;
  }

  void remove(int number) {
    chunks[number] = null;
    if (freeCount == free.length) {
      free = Arrays.copyOf(free, 2 * freeCount);
    }
    free[freeCount++] = number;
  }

  /** Gives back what a burst of histogram series has left; the lowest numbers are used first. */
  void trim() {
    if (freeCount < 1024 || freeCount < (limit >>> 1)) {
      return;
    }
    while (limit > 0 && chunks[limit - 1] == null) {
      limit--;
    }
    chunks = Arrays.copyOf(chunks, Math.max(16, limit));
    free = new int[Math.max(16, freeCount)];
    freeCount = 0;
    for (int number = limit - 1; number >= 0; number--) {
      if (chunks[number] == null) {
        free[freeCount++] = number;
      }
    }
    free = Arrays.copyOf(free, Math.max(16, freeCount));
  }

  /** Buckets of the newest histograms of all rows. */
  long buckets() {
    long buckets = 0;
    for (OpenHistogram chunk : chunks) {
      buckets += chunk == null ? 0 : chunk.buckets;
    }
    return buckets;
  }

  /** What the chunks' bytes take. */
  long sizeBytes() {
    long bytes = 0;
    for (OpenHistogram chunk : chunks) {
      bytes += chunk == null ? 0 : chunk.encoder.sizeBytes();
    }
    return bytes;
  }
}
