package io.narthex.tsdb.head;

/** Sorts rows by their label sets. The caller holds the index lock. */
final class RowOrder {
  private static final int INSERTION_SORT_BELOW = 12;

  private final SeriesTable table;
  private final LabelStore labels;
  private final int[] rows;
  private final int[] merged;

  private RowOrder(int[] rows, SeriesTable table, LabelStore labels) {
    this.rows = rows;
    this.merged = new int[rows.length];
    this.table = table;
    this.labels = labels;
  }

  static void sort(int[] rows, SeriesTable table, LabelStore labels) {
    new RowOrder(rows, table, labels).sort(0, rows.length);
  }

  private void sort(int from, int to) {
    if (to - from < INSERTION_SORT_BELOW) {
      insertionSort(from, to);
      return;
    }
    int middle = (from + to) >>> 1;
    sort(from, middle);
    sort(middle, to);
    if (compare(rows[middle - 1], rows[middle]) > 0) {
      merge(from, middle, to);
    }
  }

  private void insertionSort(int from, int to) {
    for (int i = from + 1; i < to; i++) {
      int row = rows[i];
      int at = i;
      while (at > from && compare(rows[at - 1], row) > 0) {
        rows[at] = rows[at - 1];
        at--;
      }
      rows[at] = row;
    }
  }

  private void merge(int from, int middle, int to) {
    System.arraycopy(rows, from, merged, from, middle - from);
    int left = from;
    int right = middle;
    int at = from;
    while (left < middle && right < to) {
      rows[at++] = compare(merged[left], rows[right]) <= 0 ? merged[left++] : rows[right++];
    }
    System.arraycopy(merged, left, rows, at, middle - left);
  }

  private int compare(int a, int b) {
    return labels.compare(table.labels(a), table.labels(b));
  }
}
