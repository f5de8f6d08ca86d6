package io.narthex.tsdb.head;

import io.narthex.model.value.StaleMarker;
import java.util.Arrays;

/**
 * The series whose newest sample is a staleness marker, as of one moment: to be written to blocks
 * and then taken out of the head. Truncation must not run in between.
 */
public final class StaleSeries {
  private static final int SLICE = 8192;

  private final Head head;
  private int[] rows = new int[256];

  /** Times of the newest samples: a row that has another one by now is left alone. */
  private long[] times = new long[256];

  private int size;

  private StaleSeries(Head head) {
    this.head = head;
  }

  /** Those that are stale now and have nothing out of order. */
  public static StaleSeries collect(Head head) {
    StaleSeries stale = new StaleSeries(head);
    int limit = head.table.limit();
    for (int from = 0; from < limit; from += SLICE) {
      head.commitLock.lock();
      try {
        for (int row = from; row < Math.min(limit, from + SLICE); row++) {
          if (isStale(head, row)) {
            stale.add(row, head.table.hot(row, SeriesTable.LAST_T));
          }
        }
      } finally {
        head.commitLock.unlock();
      }
    }
    return stale;
  }

  private static boolean isStale(Head head, int row) {
    SeriesTable table = head.table;
    return table.ref(row) != 0
        && !table.hasFlag(row, SeriesTable.FLAG_DEAD | SeriesTable.FLAG_OUT_OF_ORDER)
        && table.hot(row, SeriesTable.LAST_V) == StaleMarker.BITS;
  }

  private void add(int row, long time) {
    if (size == rows.length) {
      rows = Arrays.copyOf(rows, 2 * size);
      times = Arrays.copyOf(times, 2 * size);
    }
    rows[size] = row;
    times[size++] = time;
  }

  public int size() {
    return size;
  }

  /** Their samples of a range, both ends included, as a block wants them. */
  public HeadSlice slice(long mint, long maxt) {
    return new HeadSlice(head, mint, maxt, Arrays.copyOf(rows, size));
  }

  /**
   * Takes out of the head those that have had no sample since they were collected, once no view is
   * open that may still read them.
   *
   * @param patienceMillis how long to wait for views
   * @return how many; none where views stay open
   */
  public int evict(long patienceMillis) throws InterruptedException {
    if (size == 0
        || !head.isolation()
            .awaitViews(
                head.minTime(), head.maxTime(), head.isolation().sequence(), patienceMillis)) {
      return 0;
    }
    int n = 0;
    for (int from = 0; from < size; from += SLICE) {
      n += evict(from, Math.min(size, from + SLICE));
    }
    head.sweep();
    return n;
  }

  private int evict(int from, int to) {
    int[] ended = new int[to - from];
    int n = 0;
    head.commitLock.lock();
    try {
      for (int i = from; i < to; i++) {
        int row = rows[i];
        if (isStale(head, row) && head.table.hot(row, SeriesTable.LAST_T) == times[i]) {
          ended[n++] = row;
        }
      }
      head.evict(Arrays.copyOf(ended, n));
    } finally {
      head.commitLock.unlock();
    }
    return n;
  }
}
