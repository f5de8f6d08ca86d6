package io.narthex.tsdb.head;

import io.narthex.model.histogram.Histogram;
import io.narthex.model.histogram.NativeHistogram;
import org.roaringbitmap.RoaringBitmap;

/**
 * Which rows have native histograms in a part of a batch, and of what kind. A part goes to the log
 * as floats first and then one record per kind of histogram, so it must not hold two samples of a
 * row that would change places: a float after a histogram, or histograms of two kinds.
 */
final class BatchKinds {
  private static final int KINDS = 4;

  private final RoaringBitmap[] rows = new RoaringBitmap[KINDS];
  private boolean empty = true;

  BatchKinds() {
    for (int i = 0; i < KINDS; i++) {
      rows[i] = new RoaringBitmap();
    }
  }

  /** Whether a float of the row would change places with a histogram. */
  boolean forbidsFloat(int row) {
    return !empty && other(row, -1);
  }

  /** Whether a histogram of the row would change places with another. */
  boolean forbids(int row, NativeHistogram h) {
    return !empty && other(row, kind(h));
  }

  void add(int row, NativeHistogram h) {
    rows[kind(h)].add(row);
    empty = false;
  }

  void clear() {
    if (!empty) {
      for (RoaringBitmap bitmap : rows) {
        bitmap.clear();
      }
      empty = true;
    }
  }

  private boolean other(int row, int allowed) {
    for (int i = 0; i < KINDS; i++) {
      if (i != allowed && rows[i].contains(row)) {
        return true;
      }
    }
    return false;
  }

  private static int kind(NativeHistogram h) {
    return (h instanceof Histogram ? 0 : 2) + (h.usesCustomBuckets() ? 1 : 0);
  }
}
