package io.narthex.tsdb.head;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Names and values of labels: one {@link String} for each distinct text, numbered from 0. Numbers
 * of texts that nothing uses any more are given away again. Guarded by the index lock.
 */
final class SymbolTable {
  private static final int PAGE_BITS = 10;
  private static final int PAGE_SIZE = 1 << PAGE_BITS;

  /** Volatile, so that the texts of numbers in use may be read without the lock. */
  private volatile String[][] pages = new String[4][];

  private final HashDirectory ids = new HashDirectory();
  private int next;
  private int[] free = new int[0];
  private int freeCount;
  private long textBytes;

  /** The text of a number; the same object for every call. */
  String text(int id) {
    return pages[id >>> PAGE_BITS][id & (PAGE_SIZE - 1)];
  }

  /** The number of a text, or -1. */
  int find(String text) {
    int hash = mix(text.hashCode());
    for (int slot = ids.first(hash); slot >= 0; slot = ids.next(hash, slot)) {
      int id = ids.id(hash, slot);
      if (text(id).equals(text)) {
        return id;
      }
    }
    return -1;
  }

  /** The number of a text, a new one where it has none. */
  int intern(String text) {
    int known = find(text);
    if (known >= 0) {
      return known;
    }
    int id = freeCount > 0 ? free[--freeCount] : next++;
    int page = id >>> PAGE_BITS;
    if (page == pages.length) {
      pages = Arrays.copyOf(pages, page * 2);
    }
    if (pages[page] == null) {
      pages[page] = new String[PAGE_SIZE];
    }
    pages[page][id & (PAGE_SIZE - 1)] = text;
    ids.add(mix(text.hashCode()), id);
    textBytes += text.length();
    return id;
  }

  /** Forgets the texts whose numbers are not in the set, and gives back pages without texts. */
  void retain(BitSet used) {
    for (int p = 0; (p << PAGE_BITS) < next; p++) {
      String[] page = pages[p];
      if (page != null && !retain(p << PAGE_BITS, page, used)) {
        pages[p] = null;
      }
    }
    while (next > 0 && pages[(next - 1) >>> PAGE_BITS] == null) {
      next = ((next - 1) >>> PAGE_BITS) << PAGE_BITS;
    }
    collectFree();
  }

  /** Whether a page has texts left. */
  private boolean retain(int first, String[] page, BitSet used) {
    boolean some = false;
    for (int i = 0; i < page.length; i++) {
      String text = page[i];
      if (text != null && !used.get(first + i)) {
        ids.remove(mix(text.hashCode()), first + i);
        page[i] = null;
        textBytes -= text.length();
      }
      some |= page[i] != null;
    }
    return some;
  }

  /** The lowest number is given away first, so that the upper pages may run empty. */
  private void collectFree() {
    free = new int[next - (int) ids.size()];
    freeCount = 0;
    for (int id = next - 1; id >= 0; id--) {
      String[] page = pages[id >>> PAGE_BITS];
      if (page == null || page[id & (PAGE_SIZE - 1)] == null) {
        free[freeCount++] = id;
      }
    }
  }

  /** How many texts there are. */
  int size() {
    return next - freeCount;
  }

  /** Numbers are below this. */
  int limit() {
    return next;
  }

  /** Length of all texts, in characters. */
  long textBytes() {
    return textBytes;
  }

  private static int mix(int hash) {
    int h = hash * 0x9E3779B1;
    return h ^ (h >>> 15);
  }
}
