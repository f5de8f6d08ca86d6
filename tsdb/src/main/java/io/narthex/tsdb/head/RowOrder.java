package io.narthex.tsdb.head;

/**
 * Sorts rows by their label sets: a quicksort in three ways, symbol by symbol, so that what many
 * label sets share is looked at once and not in each comparison. The caller holds the index lock.
 */
final class RowOrder {
  private static final int INSERTION_SORT_BELOW = 12;

  private final LabelStore labels;
  private final int[] rows;

  /** Of each row, the first symbol that is not known to be equal in the range being sorted. */
  private final long[] cursors;

  private RowOrder(int[] rows, SeriesTable table, LabelStore labels) {
    this.rows = rows;
    this.labels = labels;
    this.cursors = new long[rows.length];
    for (int i = 0; i < rows.length; i++) {
      cursors[i] = labels.cursor(table.labels(rows[i]));
    }
  }

  static void sort(int[] rows, SeriesTable table, LabelStore labels) {
    if (rows.length > 1) {
      new RowOrder(rows, table, labels).sort(0, rows.length);
    }
  }

  private void sort(int start, int end) {
    int from = start;
    int to = end;
    while (to - from >= INSERTION_SORT_BELOW) {
      int pivot = labels.symbol(cursors[(from + to) >>> 1]);
      int less = from;
      int more = to;
      for (int i = from; i < more; ) {
        int c = labels.compareSymbols(labels.symbol(cursors[i]), pivot);
        if (c == 0) {
          i++;
        } else if (c < 0) {
          swap(i++, less++);
        } else {
          swap(i, --more);
        }
      }
      if (pivot >= 0) {
        for (int i = less; i < more; i++) {
          cursors[i] = LabelStore.after(cursors[i], pivot);
        }
      }
      // The largest part is sorted by the loop, so that the stack stays shallow.
      int below = less - from;
      int equal = pivot < 0 ? 0 : more - less;
      int above = to - more;
      if (equal >= below && equal >= above) {
        sort(from, less);
        sort(more, to);
        from = less;
        to = more;
      } else if (below >= above) {
        sort(less, less + equal);
        sort(more, to);
        to = less;
      } else {
        sort(less, less + equal);
        sort(from, less);
        from = more;
      }
    }
    insertionSort(from, to);
  }

  private void swap(int i, int j) {
    int row = rows[i];
    rows[i] = rows[j];
    rows[j] = row;
    long cursor = cursors[i];
    cursors[i] = cursors[j];
    cursors[j] = cursor;
  }

  private void insertionSort(int from, int to) {
    for (int i = from + 1; i < to; i++) {
      int row = rows[i];
      long cursor = cursors[i];
      int at = i;
      while (at > from && compare(cursors[at - 1], cursor) > 0) {
        rows[at] = rows[at - 1];
        cursors[at] = cursors[at - 1];
        at--;
      }
      rows[at] = row;
      cursors[at] = cursor;
    }
  }

  private int compare(long a, long b) {
    long atA = a;
    long atB = b;
    while (true) {
      int x = labels.symbol(atA);
      int y = labels.symbol(atB);
      if (x != y || x < 0) {
        return labels.compareSymbols(x, y);
      }
      atA = LabelStore.after(atA, x);
      atB = LabelStore.after(atB, y);
    }
  }
}
