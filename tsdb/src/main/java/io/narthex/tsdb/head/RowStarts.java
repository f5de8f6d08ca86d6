package io.narthex.tsdb.head;

import java.util.Arrays;

/**
 * The start time of the newest sample, and the start time header of the open chunk, of rows with
 * {@link SeriesTable#FLAG_STARTS}. Pages of rows without one are not there. Changed under the
 * commit lock, with the row's version.
 */
final class RowStarts {
  private static final int PAGE_BITS = 11;
  private static final int PAGE_ROWS = 1 << PAGE_BITS;
  private static final int ROW_MASK = PAGE_ROWS - 1;

  /** What rows of a page have that has none. */
  private static final Page NONE = new Page(0);

  private static final class Page {
    final long[] starts;
    final byte[] headers;

    Page(int rows) {
      starts = new long[rows];
      headers = new byte[rows];
    }
  }

  private volatile Page[] pages = {};

  void set(int row, int header, long start) {
    int page = row >>> PAGE_BITS;
    if (page >= pages.length) {
      Page[] more = Arrays.copyOf(pages, Math.max(page + 1, 2 * pages.length));
      Arrays.fill(more, pages.length, more.length, NONE);
      pages = more;
    }
    if (pages[page] == NONE) {
      Page[] changed = pages.clone();
      changed[page] = new Page(PAGE_ROWS);
      pages = changed;
    }
    pages[page].starts[row & ROW_MASK] = start;
    pages[page].headers[row & ROW_MASK] = (byte) header;
  }

  /** Start time of the newest sample of a row that was set. */
  long start(int row) {
    return pages[row >>> PAGE_BITS].starts[row & ROW_MASK];
  }

  /** The open chunk's header; under a race it may be another row's state, or 0. */
  int header(int row) {
    Page[] all = pages;
    int page = row >>> PAGE_BITS;
    return page < all.length && all[page] != NONE ? all[page].headers[row & ROW_MASK] & 0xFF : 0;
  }

  /** Gives back the pages that the table has given back. */
  void trim(SeriesTable table) {
    Page[] kept = pages.clone();
    for (int page = 0; page < kept.length; page++) {
      if (table.lacks(page)) {
        kept[page] = NONE;
      }
    }
    pages = kept;
  }

  long sizeBytes() {
    long bytes = 0;
    for (Page page : pages) {
      bytes += 9L * page.headers.length;
    }
    return bytes;
  }
}
