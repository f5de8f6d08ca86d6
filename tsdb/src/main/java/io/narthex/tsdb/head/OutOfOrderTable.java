package io.narthex.tsdb.head;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Row to out-of-order samples, for the few rows that have some. Changed under the commit lock;
 * reads need no lock.
 */
final class OutOfOrderTable {
  private static final int PAGE_BITS = 11;
  private static final int PAGE_ROWS = 1 << PAGE_BITS;
  private static final int ROW_MASK = PAGE_ROWS - 1;
  private static final OutOfOrderSeries[] NO_PAGE = {};
  private static final VarHandle ENTRY =
      MethodHandles.arrayElementVarHandle(OutOfOrderSeries[].class);

  private volatile OutOfOrderSeries[][] pages = {};
  private volatile int size;

  /** Null where the row has none. */
  @Nullable OutOfOrderSeries get(int row) {
    OutOfOrderSeries[][] all = pages;
    int page = row >>> PAGE_BITS;
    if (page >= all.length || all[page].length == 0) {
      return null;
    }
    return (OutOfOrderSeries) ENTRY.getAcquire(all[page], row & ROW_MASK);
  }

  void put(int row, OutOfOrderSeries series) {
    int page = row >>> PAGE_BITS;
    OutOfOrderSeries[][] all = pages;
    if (page >= all.length) {
      int pagesBefore = all.length;
      all = Arrays.copyOf(all, Math.max(page + 1, 2 * pagesBefore));
      Arrays.fill(all, pagesBefore, all.length, NO_PAGE);
    }
    if (all[page].length == 0) {
      all[page] = new OutOfOrderSeries[PAGE_ROWS];
    }
    if (all[page][row & ROW_MASK] == null) {
      int before = size;
      size = before + 1;
    }
    ENTRY.setRelease(all[page], row & ROW_MASK, series);
    pages = all;
  }

  void remove(int row) {
    if (get(row) != null) {
      ENTRY.setRelease(pages[row >>> PAGE_BITS], row & ROW_MASK, null);
      int before = size;
      size = before - 1;
    }
  }

  /** Gives back the pages that the table of series has given back. */
  void trim(SeriesTable table) {
    OutOfOrderSeries[][] kept = pages.clone();
    for (int page = 0; page < kept.length; page++) {
      if (table.lacks(page)) {
        kept[page] = NO_PAGE;
      }
    }
    pages = kept;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** The first row from one on that has some; -1 where there is none. */
  int next(int from) {
    OutOfOrderSeries[][] all = pages;
    int row = from;
    while (row >>> PAGE_BITS < all.length) {
      OutOfOrderSeries[] page = all[row >>> PAGE_BITS];
      if (page.length == 0) {
        row = ((row >>> PAGE_BITS) + 1) << PAGE_BITS;
      } else if (ENTRY.getAcquire(page, row & ROW_MASK) != null) {
        return row;
      } else {
        row++;
      }
    }
    return -1;
  }
}
