package io.narthex.tsdb.head;

import java.util.Arrays;
import java.util.BitSet;

/**
 * What the head keeps for each series, by row.
 *
 * <p>What every append touches stands together, eight longs a row, in one long array per page, so
 * that an append touches one cache line or two:
 *
 * <pre>
 * LAST_T     time of the newest sample; Long.MIN_VALUE before the first
 * LAST_V     its value bits
 * DELTA      distance of the two newest samples
 * CHUNK_MINT first time in the open chunk
 * NEXT_AT    when the open chunk is to end, at the latest
 * TAIL       last block of the open chunk (32) | bit position in the chunk (16) | xor window (16)
 * HEAD       first block of the open chunk (32) | samples in it (16) | flags (16)
 * LOG        position of the newest sample in the isolation log, -1 before the first
 * </pre>
 *
 * The rest are columns of their own: reference, address of the labels, list of full chunks.
 *
 * <p>Rows are added under the index lock and changed under the commit lock, with the row's version.
 */
final class SeriesTable {
  static final int LAST_T = 0;
  static final int LAST_V = 1;
  static final int DELTA = 2;
  static final int CHUNK_MINT = 3;
  static final int NEXT_AT = 4;
  static final int TAIL = 5;
  static final int HEAD = 6;
  static final int LOG = 7;

  /** The newest sample is a histogram. */
  static final int FLAG_HISTOGRAM = 1;

  /** Taken out of the index; the row waits until nobody can know it any more. */
  static final int FLAG_DEAD = 2;

  /** Had no samples when garbage was collected last. */
  static final int FLAG_EMPTY = 4;

  /** The open chunk is one of histograms, and TAIL has its number in {@link OpenHistograms}. */
  static final int FLAG_HISTOGRAM_CHUNK = 8;

  /** The open chunk of floats is encoded as XOR2. */
  static final int FLAG_XOR2 = 16;

  /** The open XOR2 chunk has start times, and {@link RowStarts} the row's. */
  static final int FLAG_STARTS = 32;

  /** What a row has only as long as its chunk is open. */
  static final int FLAGS_OF_OPEN_CHUNK = FLAG_HISTOGRAM_CHUNK | FLAG_XOR2 | FLAG_STARTS;

  /** There are samples that came out of order. */
  static final int FLAG_OUT_OF_ORDER = 64;

  private static final int PAGE_BITS = 11;
  private static final int PAGE_ROWS = 1 << PAGE_BITS;
  private static final int ROW_MASK = PAGE_ROWS - 1;
  private static final int STRIDE_BITS = 3;

  /** Stand for pages that were given back: free rows, and dead ones to who asks for them still. */
  private static final long[] NO_LONGS = new long[PAGE_ROWS];

  private static final int[] NO_LABELS = filled(-1);
  private static final long[] NO_HOT = deadRows();

  private volatile long[][] hot = new long[4][];
  private volatile long[][] refs = new long[4][];
  private volatile long[][] fullChunks = new long[4][];
  private volatile int[][] labels = new int[4][];
  private volatile int limit;
  private int[] free = new int[0];
  private int freeCount;

  /** Pages below the limit that were given back. */
  private final BitSet absent = new BitSet();

  /** A fresh row for a series. */
  int add(long ref, int labelsAddress) {
    int row = freeCount > 0 ? free[--freeCount] : newRow();
    int at = row & ROW_MASK;
    int page = row >>> PAGE_BITS;
    refs[page][at] = ref;
    labels[page][at] = labelsAddress;
    reset(row);
    return row;
  }

  /** Makes a row one that has had no sample yet; what it has of chunks was given back. */
  void reset(int row) {
    long[] columns = hot(row);
    int base = base(row);
    Arrays.fill(columns, base, base + (1 << STRIDE_BITS), 0);
    columns[base + LAST_T] = Long.MIN_VALUE;
    columns[base + TAIL] = (long) ChunkSlab.NONE << 32;
    columns[base + HEAD] = (long) ChunkSlab.NONE << 32;
    columns[base + LOG] = -1;
    fullChunks(row, FullChunks.EMPTY);
  }

  /** Takes a row back; its reference becomes 0. */
  void remove(int row) {
    refs[row >>> PAGE_BITS][row & ROW_MASK] = 0;
    labels[row >>> PAGE_BITS][row & ROW_MASK] = -1;
    if (freeCount == free.length) {
      free = Arrays.copyOf(free, Math.max(1024, freeCount * 2));
    }
    free[freeCount++] = row;
  }

  /** Whether a page of 2,048 rows has been given back, or never was there. */
  boolean lacks(int page) {
    return (page << PAGE_BITS) >= limit || absent.get(page);
  }

  /**
   * Gives back pages that have no series. Free rows of the lowest pages are used first from now on,
   * so that others may follow. Under the index lock and the commit lock; of no use while only few
   * rows are free.
   */
  void trim() {
    if (freeCount < PAGE_ROWS || freeCount < (limit >>> 2)) {
      return;
    }
    int pages = (limit + PAGE_ROWS - 1) >>> PAGE_BITS;
    for (int page = 0; page < pages; page++) {
      if (!absent.get(page) && isFree(page)) {
        refs[page] = NO_LONGS;
        labels[page] = NO_LABELS;
        fullChunks[page] = NO_LONGS;
        hot[page] = NO_HOT;
        absent.set(page);
      }
    }
    while (limit > 0 && absent.get((limit - 1) >>> PAGE_BITS)) {
      int top = (limit - 1) >>> PAGE_BITS;
      absent.clear(top);
      limit = top << PAGE_BITS;
    }
    collectFree();
  }

  private boolean isFree(int page) {
    for (long ref : refs[page]) {
      if (ref != 0) {
        return false;
      }
    }
    return true;
  }

  private void collectFree() {
    int[] found = new int[freeCount];
    int n = 0;
    for (int row = limit - 1; row >= 0; row--) {
      if (!absent.get(row >>> PAGE_BITS) && ref(row) == 0) {
        found[n++] = row;
      }
    }
    free = Arrays.copyOf(found, n);
    freeCount = n;
  }

  /** Rows are below this; some of them may be free. */
  int limit() {
    return limit;
  }

  int size() {
    return limit - freeCount - (absent.cardinality() << PAGE_BITS);
  }

  /** The array with the row's hot columns, at {@link #base}. */
  long[] hot(int row) {
    return hot[row >>> PAGE_BITS];
  }

  static int base(int row) {
    return (row & ROW_MASK) << STRIDE_BITS;
  }

  long hot(int row, int column) {
    return hot[row >>> PAGE_BITS][((row & ROW_MASK) << STRIDE_BITS) + column];
  }

  /** The series' reference, 0 for a free row. */
  long ref(int row) {
    return refs[row >>> PAGE_BITS][row & ROW_MASK];
  }

  void ref(int row, long ref) {
    refs[row >>> PAGE_BITS][row & ROW_MASK] = ref;
  }

  /** Address of the label set, -1 for a free row. */
  int labels(int row) {
    return labels[row >>> PAGE_BITS][row & ROW_MASK];
  }

  void labels(int row, int address) {
    labels[row >>> PAGE_BITS][row & ROW_MASK] = address;
  }

  /** The list of full chunks, as {@link FullChunks} packs it. */
  long fullChunks(int row) {
    return fullChunks[row >>> PAGE_BITS][row & ROW_MASK];
  }

  void fullChunks(int row, long packed) {
    fullChunks[row >>> PAGE_BITS][row & ROW_MASK] = packed;
  }

  boolean hasFlag(int row, int flag) {
    return (hot(row, HEAD) & flag) != 0;
  }

  void flag(int row, int flag, boolean on) {
    long[] columns = hot(row);
    int at = base(row) + HEAD;
    columns[at] = on ? columns[at] | flag : columns[at] & ~(long) flag;
  }

  static int flags(long head) {
    return (int) head & 0xFFFF;
  }

  static int count(long head) {
    return (int) head >>> 16;
  }

  static int block(long headOrTail) {
    return (int) (headOrTail >> 32);
  }

  static long head(int block, int count, int flags) {
    return (long) block << 32 | (long) count << 16 | flags;
  }

  static int bitPosition(long tail) {
    return (int) tail >>> 16;
  }

  static short window(long tail) {
    return (short) tail;
  }

  static long tail(int block, int bitPosition, short window) {
    return (long) block << 32 | (long) bitPosition << 16 | (window & 0xFFFFL);
  }

  long sizeBytes() {
    long pages = (limit + PAGE_ROWS - 1L) / PAGE_ROWS - absent.cardinality();
    return pages * PAGE_ROWS * ((8L << STRIDE_BITS) + 8 + 8 + 4);
  }

  private int newRow() {
    int given = absent.nextSetBit(0);
    if (given >= 0) {
      return returnedRow(given);
    }
    int row = limit;
    int page = row >>> PAGE_BITS;
    if ((row & ROW_MASK) == 0) {
      addPage(page);
    }
    limit = row + 1;
    return row;
  }

  /** The first row of a page that was given back and is needed again; its others become free. */
  private int returnedRow(int page) {
    absent.clear(page);
    addPage(page);
    if (free.length < PAGE_ROWS) {
      free = new int[PAGE_ROWS];
    }
    int first = page << PAGE_BITS;
    for (int i = PAGE_ROWS - 1; i > 0; i--) {
      free[freeCount++] = first + i;
    }
    return first;
  }

  private static int[] filled(int value) {
    int[] page = new int[PAGE_ROWS];
    Arrays.fill(page, value);
    return page;
  }

  private static long[] deadRows() {
    long[] page = new long[PAGE_ROWS << STRIDE_BITS];
    for (int base = 0; base < page.length; base += 1 << STRIDE_BITS) {
      page[base + HEAD] = head(ChunkSlab.NONE, 0, FLAG_DEAD);
      page[base + TAIL] = (long) ChunkSlab.NONE << 32;
    }
    return page;
  }

  private void addPage(int page) {
    if (page == hot.length) {
      refs = Arrays.copyOf(refs, page * 2);
      labels = Arrays.copyOf(labels, page * 2);
      fullChunks = Arrays.copyOf(fullChunks, page * 2);
      hot = Arrays.copyOf(hot, page * 2);
    }
    refs[page] = new long[PAGE_ROWS];
    labels[page] = new int[PAGE_ROWS];
    Arrays.fill(labels[page], -1);
    fullChunks[page] = new long[PAGE_ROWS];
    hot[page] = new long[PAGE_ROWS << STRIDE_BITS];
  }
}
