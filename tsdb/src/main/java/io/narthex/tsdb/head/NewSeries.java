package io.narthex.tsdb.head;

import java.util.Arrays;

/**
 * Rows of series that the log does not have yet. Whoever commits next logs them all, before its own
 * samples: so the log has a series before any sample of it, whichever appender created it. Guarded
 * by the index lock.
 */
final class NewSeries {
  private int[] rows = new int[64];
  private volatile int size;

  /** May be asked without the lock. */
  boolean isEmpty() {
    return size == 0;
  }

  void add(int row) {
    int n = size;
    if (n == rows.length) {
      rows = Arrays.copyOf(rows, n * 2);
    }
    rows[n] = row;
    size = n + 1;
  }

  int[] copy() {
    return Arrays.copyOf(rows, size);
  }

  /** Forgets the first rows: they are logged. */
  void logged(int count) {
    int left = size - count;
    System.arraycopy(rows, count, rows, 0, left);
    if (left == 0 && rows.length > 1 << 16) {
      rows = new int[64];
    }
    size = left;
  }
}
