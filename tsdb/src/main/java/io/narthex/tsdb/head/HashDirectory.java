package io.narthex.tsdb.head;

import java.util.Arrays;

/**
 * A hash table from 32-bit hashes to ids that may share a hash: the caller compares.
 *
 * <p>Entries are {@code hash << 32 | id + 1} in open addressing, 0 is empty. The table is split by
 * the top bits of the hash, so that growing never moves more than a small part at once. Not
 * synchronized.
 *
 * <p>Use: {@code for (int i = d.first(hash); i >= 0; i = d.next(hash, i)) { id = d.id(hash, i); }}
 */
final class HashDirectory {
  private static final int PARTS = 256;
  private static final int FIRST_CAPACITY = 16;

  private final long[][] parts = new long[PARTS][];
  private final int[] counts = new int[PARTS];
  private long size;

  /** Slot of the first entry with the hash, or -1. */
  int first(int hash) {
    long[] part = parts[hash >>> 24];
    return part == null ? -1 : scan(part, hash, hash & (part.length - 1));
  }

  /** Slot of the next entry with the hash after a slot, or -1. */
  int next(int hash, int slot) {
    long[] part = parts[hash >>> 24];
    return scan(part, hash, (slot + 1) & (part.length - 1));
  }

  int id(int hash, int slot) {
    return (int) parts[hash >>> 24][slot] - 1;
  }

  void add(int hash, int id) {
    int p = hash >>> 24;
    long[] part = parts[p];
    if (part == null) {
      part = new long[FIRST_CAPACITY];
      parts[p] = part;
    } else if (counts[p] >= part.length - (part.length >> 2)) {
      part = resized(part, part.length * 2);
      parts[p] = part;
    }
    insert(part, (long) hash << 32 | (id + 1) & 0xFFFFFFFFL);
    counts[p]++;
    size++;
  }

  /** Removes the entry; says whether it was there. */
  boolean remove(int hash, int id) {
    for (int slot = first(hash); slot >= 0; slot = next(hash, slot)) {
      if (id(hash, slot) == id) {
        removeAt(parts[hash >>> 24], slot);
        size--;
        shrink(hash >>> 24, --counts[hash >>> 24]);
        return true;
      }
    }
    return false;
  }

  /** Halves a part that is nearly empty. */
  private void shrink(int p, int count) {
    long[] part = parts[p];
    if (count < (part.length >>> 3) && part.length > FIRST_CAPACITY) {
      parts[p] = resized(part, part.length >>> 1);
    }
  }

  long size() {
    return size;
  }

  /** Memory taken, in bytes. */
  long sizeBytes() {
    long bytes = 0;
    for (long[] part : parts) {
      bytes += part == null ? 0 : 8L * part.length;
    }
    return bytes;
  }

  private static int scan(long[] part, int hash, int from) {
    int mask = part.length - 1;
    for (int i = from; ; i = (i + 1) & mask) {
      long entry = part[i];
      if (entry == 0) {
        return -1;
      }
      if ((int) (entry >>> 32) == hash) {
        return i;
      }
    }
  }

  private static void insert(long[] part, long entry) {
    int mask = part.length - 1;
    int i = (int) (entry >>> 32) & mask;
    while (part[i] != 0) {
      i = (i + 1) & mask;
    }
    part[i] = entry;
  }

  private static long[] resized(long[] part, int capacity) {
    long[] copy = new long[capacity];
    for (long entry : part) {
      if (entry != 0) {
        insert(copy, entry);
      }
    }
    return copy;
  }

  /** Closes the gap by moving back entries that were pushed over it. */
  private static void removeAt(long[] part, int slot) {
    int mask = part.length - 1;
    int gap = slot;
    for (int i = (slot + 1) & mask; part[i] != 0; i = (i + 1) & mask) {
      int home = (int) (part[i] >>> 32) & mask;
      if (((i - home) & mask) >= ((i - gap) & mask)) {
        part[gap] = part[i];
        gap = i;
      }
    }
    part[gap] = 0;
  }

  void clear() {
    Arrays.fill(parts, null);
    Arrays.fill(counts, 0);
    size = 0;
  }
}
