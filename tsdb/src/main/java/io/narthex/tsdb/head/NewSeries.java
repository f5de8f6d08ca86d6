package io.narthex.tsdb.head;

import java.util.Arrays;

/**
 * Rows of series that the log does not have yet, with the references that appenders were given.
 * Whoever commits next logs them all, before its own samples: so the log has a series before any
 * sample of it, whichever appender created it. Guarded by the index lock.
 */
final class NewSeries {
  private int[] rows = new int[64];
  private long[] refs = new long[64];
  private volatile int size;

  /** May be asked without the lock. */
  boolean isEmpty() {
    return size == 0;
  }

  void add(int row, long ref) {
    int n = size;
    if (n == rows.length) {
      rows = Arrays.copyOf(rows, n * 2);
      refs = Arrays.copyOf(refs, n * 2);
    }
    rows[n] = row;
    refs[n] = ref;
    size = n + 1;
  }

  int size() {
    return size;
  }

  int row(int i) {
    return rows[i];
  }

  long ref(int i) {
    return refs[i];
  }

  /** Forgets the first rows: they are logged. */
  void logged(int count) {
    int left = size - count;
    System.arraycopy(rows, count, rows, 0, left);
    System.arraycopy(refs, count, refs, 0, left);
    if (left == 0 && rows.length > 1 << 16) {
      rows = new int[64];
      refs = new long[64];
    }
    size = left;
  }

  /** Forgets rows that the log has under another reference; under the commit lock too. */
  void dropKnown(SeriesTable table) {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (table.ref(rows[i]) == refs[i]) {
        rows[kept] = rows[i];
        refs[kept++] = refs[i];
      }
    }
    size = kept;
  }
}
