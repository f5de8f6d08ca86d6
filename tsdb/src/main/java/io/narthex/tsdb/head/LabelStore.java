package io.narthex.tsdb.head;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Utf8Order;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Label sets as varints in byte pages: the number of labels, then name and value as symbol numbers.
 *
 * <p>A label set is found by its address, in units of four bytes over all pages. Pages are written
 * once from front to back; what died in them is won back by {@link #compact}. Guarded by the index
 * lock.
 */
final class LabelStore {
  private static final int PAGE_BITS = 17;
  private static final int PAGE_SIZE = 1 << PAGE_BITS;
  private static final int UNIT_BITS = 2;
  private static final int MAX_VARINT = 5;
  private static final int CURSOR_BITS = 40;
  private static final long CURSOR_POSITION = (1L << CURSOR_BITS) - 1;

  /** Moves a label set that has changed its address. */
  interface Relocation {
    /** Address of the row's label set, or -1 for a row without. */
    int address(int row);

    void move(int row, int address);
  }

  private final SymbolTable symbols;

  /** Volatile, so that the one thread that compacts may read without the lock. */
  private volatile byte[][] pages = new byte[4][];

  private int[] dead = new int[4];
  private int limit;
  private int livePages;
  private int current = -1;
  private int position = PAGE_SIZE;
  private long deadBytes;

  LabelStore(SymbolTable symbols) {
    this.symbols = symbols;
  }

  /** Stores a label set and returns its address. */
  int add(Labels labels) {
    int n = labels.size();
    int[] ids = new int[2 * n];
    for (int i = 0; i < n; i++) {
      ids[2 * i] = symbols.intern(labels.name(i));
      ids[2 * i + 1] = symbols.intern(labels.value(i));
    }
    return add(ids, ids.length);
  }

  /** Stores a label set given as symbols, names at even positions. */
  int add(int[] ids, int count) {
    int length = size(count >> 1);
    for (int i = 0; i < count; i++) {
      length += size(ids[i]);
    }
    reserve(length);
    byte[] page = pages[current];
    int address = (current << (PAGE_BITS - UNIT_BITS)) | (position >> UNIT_BITS);
    int at = put(page, position, count >> 1);
    for (int i = 0; i < count; i++) {
      at = put(page, at, ids[i]);
    }
    position = aligned(at);
    return address;
  }

  /** The label set, built of the symbol table's own strings. */
  Labels labels(int address) {
    byte[] page = page(address);
    int at = offset(address);
    int n = get(page, at);
    at += size(n);
    String[] pairs = new String[2 * n];
    for (int i = 0; i < pairs.length; i++) {
      int id = get(page, at);
      at += size(id);
      pairs[i] = symbols.text(id);
    }
    return Labels.ofSorted(pairs);
  }

  boolean equals(int address, Labels labels) {
    byte[] page = page(address);
    int at = offset(address);
    int n = get(page, at);
    if (n != labels.size()) {
      return false;
    }
    at += size(n);
    for (int i = 0; i < n; i++) {
      int name = get(page, at);
      at += size(name);
      int value = get(page, at);
      at += size(value);
      if (!symbols.text(value).equals(labels.value(i))
          || !symbols.text(name).equals(labels.name(i))) {
        return false;
      }
    }
    return true;
  }

  /** Whether it consists of these symbols. */
  boolean equals(int address, int[] ids, int count) {
    byte[] page = page(address);
    int at = offset(address);
    int n = get(page, at);
    if (2 * n != count) {
      return false;
    }
    at += size(n);
    for (int i = 0; i < count; i++) {
      if (get(page, at) != ids[i]) {
        return false;
      }
      at += size(ids[i]);
    }
    return true;
  }

  /** Compares two label sets as {@link Labels#compareTo} does, mostly by numbers alone. */
  int compare(int a, int b) {
    byte[] pageA = page(a);
    byte[] pageB = page(b);
    int atA = offset(a);
    int atB = offset(b);
    int countA = get(pageA, atA);
    int countB = get(pageB, atB);
    atA += size(countA);
    atB += size(countB);
    for (int i = 2 * Math.min(countA, countB); i > 0; i--) {
      int x = get(pageA, atA);
      int y = get(pageB, atB);
      if (x != y) {
        return Utf8Order.compare(symbols.text(x), symbols.text(y));
      }
      int size = size(x);
      atA += size;
      atB += size;
    }
    return Integer.compare(countA, countB);
  }

  /**
   * Where in a label set to read on: the symbols left (24 bits) | byte position over all pages
   * (40).
   */
  long cursor(int address) {
    int n = count(address);
    return (2L * n) << CURSOR_BITS | (((address & 0xFFFFFFFFL) << UNIT_BITS) + size(n));
  }

  /** The symbol at a cursor, -1 at the label set's end. */
  int symbol(long cursor) {
    if (cursor >>> CURSOR_BITS == 0) {
      return -1;
    }
    long position = cursor & CURSOR_POSITION;
    return get(pages[(int) (position >>> PAGE_BITS)], (int) position & (PAGE_SIZE - 1));
  }

  /** The cursor behind a symbol. */
  static long after(long cursor, int symbol) {
    return cursor - (1L << CURSOR_BITS) + size(symbol);
  }

  /** Compares what {@link #symbol} gave at two cursors, as label sets are ordered. */
  int compareSymbols(int x, int y) {
    if (x == y) {
      return 0;
    }
    return x < 0 || y < 0
        ? Integer.compare(x, y)
        : Utf8Order.compare(symbols.text(x), symbols.text(y));
  }

  /** Number of labels of a label set. */
  int count(int address) {
    return get(page(address), offset(address));
  }

  /**
   * Copies name and value numbers into the array, which must be large enough; returns the count.
   */
  int symbols(int address, int[] into) {
    byte[] page = page(address);
    int at = offset(address);
    int n = 2 * get(page, at);
    at += size(n >> 1);
    for (int i = 0; i < n; i++) {
      into[i] = get(page, at);
      at += size(into[i]);
    }
    return n;
  }

  void mark(int address, BitSet used) {
    byte[] page = page(address);
    int at = offset(address);
    int n = get(page, at);
    at += size(n);
    for (int i = 0; i < 2 * n; i++) {
      int id = get(page, at);
      at += size(id);
      used.set(id);
    }
  }

  /** The label set is not needed any more. */
  void release(int address) {
    int length = length(address);
    dead[address >>> (PAGE_BITS - UNIT_BITS)] += length;
    deadBytes += length;
  }

  /** Whether so much is dead that {@link #compact} is worth its time. */
  boolean sparse() {
    return deadBytes > 2 * PAGE_SIZE && deadBytes * 3 > sizeBytes();
  }

  /** Moves the label sets of half-dead pages to new pages and frees the old ones. */
  void compact(int rows, Relocation relocation) {
    boolean[] evacuate = new boolean[limit];
    for (int p = 0; p < limit; p++) {
      evacuate[p] = p != current && pages[p] != null && dead[p] * 2 > PAGE_SIZE;
    }
    for (int row = 0; row < rows; row++) {
      int address = relocation.address(row);
      if (address != -1 && evacuate(evacuate, address)) {
        relocation.move(row, copy(address));
      }
    }
    for (int p = 0; p < evacuate.length; p++) {
      if (evacuate[p]) {
        deadBytes -= dead[p];
        dead[p] = 0;
        pages[p] = null;
        livePages--;
      }
    }
  }

  long sizeBytes() {
    return (long) livePages * PAGE_SIZE;
  }

  private static boolean evacuate(boolean[] evacuate, int address) {
    int page = address >>> (PAGE_BITS - UNIT_BITS);
    return page < evacuate.length && evacuate[page];
  }

  private int copy(int address) {
    int length = length(address);
    reserve(length);
    System.arraycopy(page(address), offset(address), pages[current], position, length);
    int moved = (current << (PAGE_BITS - UNIT_BITS)) | (position >> UNIT_BITS);
    position = aligned(position + length);
    return moved;
  }

  private int length(int address) {
    byte[] page = page(address);
    int start = offset(address);
    int n = get(page, start);
    int at = start + size(n);
    for (int i = 0; i < 2 * n; i++) {
      at += size(get(page, at));
    }
    return at - start;
  }

  private void reserve(int length) {
    if (position + length <= PAGE_SIZE) {
      return;
    }
    if (length > PAGE_SIZE) {
      throw new IllegalArgumentException("label set of more than " + PAGE_SIZE / 6 + " labels");
    }
    current = freePage();
    pages[current] = new byte[PAGE_SIZE];
    position = 0;
  }

  private int freePage() {
    livePages++;
    for (int p = livePages < limit ? 0 : limit; p < limit; p++) {
      if (pages[p] == null) {
        return p;
      }
    }
    if (limit == pages.length) {
      pages = Arrays.copyOf(pages, limit * 2);
      dead = Arrays.copyOf(dead, pages.length);
    }
    return limit++;
  }

  private byte[] page(int address) {
    return pages[address >>> (PAGE_BITS - UNIT_BITS)];
  }

  private static int offset(int address) {
    return (address << UNIT_BITS) & (PAGE_SIZE - 1);
  }

  private static int aligned(int at) {
    return (at + (1 << UNIT_BITS) - 1) & -(1 << UNIT_BITS);
  }

  private static int put(byte[] page, int start, int value) {
    int at = start;
    int rest = value;
    while ((rest & ~0x7F) != 0) {
      page[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    page[at++] = (byte) rest;
    return at;
  }

  private static int get(byte[] page, int start) {
    int value = page[start];
    if (value >= 0) {
      return value;
    }
    value &= 0x7F;
    int at = start + 1;
    for (int shift = 7; ; shift += 7) {
      byte b = page[at++];
      value |= (b & 0x7F) << shift;
      if (b >= 0) {
        return value;
      }
    }
  }

  private static int size(int value) {
    int bits = 32 - Integer.numberOfLeadingZeros(value | 1);
    return Math.min(MAX_VARINT, (bits + 6) / 7);
  }
}
