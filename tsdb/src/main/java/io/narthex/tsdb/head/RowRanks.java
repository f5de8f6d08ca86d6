package io.narthex.tsdb.head;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * The place of each row in the order of label sets, as long as no series comes or goes. It is only
 * found once as many rows have been sorted without it as there are, so that it costs no more than
 * what was spent anyway. The caller holds the index lock.
 */
final class RowRanks {
  /** With more series the search would hold up new ones for too long. */
  private static final int MAX_ROWS = 1 << 18;

  private final SeriesTable table;
  private final LabelStore labels;
  private final SeriesIndex index;
  private final AtomicLong sorted = new AtomicLong();
  private volatile @Nullable Ranks known;

  /** Ranks by row, for one state of the index. */
  private record Ranks(long changes, int[] byRow) {}

  RowRanks(SeriesTable table, LabelStore labels, SeriesIndex index) {
    this.table = table;
    this.labels = labels;
    this.index = index;
  }

  void sort(int[] rows) {
    if (rows.length < 2) {
      return;
    }
    Ranks ranks = known;
    if (ranks == null || ranks.changes != index.changes()) {
      ranks = worthwhile(rows.length) ? find() : null;
    }
    if (ranks == null) {
      RowOrder.sort(rows, table, labels);
    } else {
      sort(rows, ranks.byRow);
    }
  }

  private static void sort(int[] rows, int[] ranks) {
    long[] keys = new long[rows.length];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = (long) ranks[rows[i]] << 32 | rows[i];
    }
    Arrays.sort(keys);
    for (int i = 0; i < keys.length; i++) {
      rows[i] = (int) keys[i];
    }
  }

  private boolean worthwhile(int rows) {
    if (known != null) {
      known = null;
      sorted.set(0);
    }
    return index.size() <= MAX_ROWS && sorted.addAndGet(rows) > index.size();
  }

  private Ranks find() {
    long changes = index.changes();
    RoaringBitmap all = index.all();
    int[] order = all.toArray();
    RowOrder.sort(order, table, labels);
    int[] byRow = new int[order.length == 0 ? 0 : all.last() + 1];
    for (int rank = 0; rank < order.length; rank++) {
      byRow[order[rank]] = rank;
    }
    Ranks found = new Ranks(changes, byRow);
    known = found;
    return found;
  }
}
