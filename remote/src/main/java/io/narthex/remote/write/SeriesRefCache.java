package io.narthex.remote.write;

/**
 * Series references by the hash of their labels' bytes. Bounded: entries live in two generations;
 * when the young one is full, it becomes the old one and what the old one held and nobody asked for
 * is forgotten. Safe for several threads.
 */
final class SeriesRefCache {
  private static final int STRIPES = 64;
  private static final int FIRST_SLOTS = 64;

  private final Stripe[] stripes = new Stripe[STRIPES];

  /**
   * @param maxEntries about how many series each of the two generations holds
   */
  SeriesRefCache(int maxEntries) {
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new Stripe(Math.max(FIRST_SLOTS, maxEntries / STRIPES));
    }
  }

  /** The reference, or 0. */
  long get(long low, long high) {
    return stripes[(int) (high >>> 58)].get(low, high);
  }

  void put(long low, long high, long ref) {
    stripes[(int) (high >>> 58)].put(low, high, ref);
  }

  /** An open-addressing table: hash, hash, reference in consecutive places; reference 0 is free. */
  private static final class Stripe {
    private final int maxEntries;
    private long[] young = new long[3 * FIRST_SLOTS];
    private long[] old = new long[3];
    private int size;

    Stripe(int maxEntries) {
      this.maxEntries = maxEntries;
    }

    synchronized long get(long low, long high) {
      int at = find(young, low, high);
      long ref = young[at + 2];
      if (ref != 0) {
        return ref;
      }
      ref = old[find(old, low, high) + 2];
      if (ref != 0) {
        put(low, high, ref);
      }
      return ref;
    }

    synchronized void put(long low, long high, long ref) {
      int at = find(young, low, high);
      if (young[at + 2] == 0) {
        if (size >= maxEntries) {
          old = young;
          young = new long[3 * FIRST_SLOTS];
          size = 0;
          at = find(young, low, high);
        } else if (4 * (size + 1) > young.length) {
          // At most three quarters of the slots are taken.
          grow();
          at = find(young, low, high);
        }
        size++;
      }
      young[at] = low;
      young[at + 1] = high;
      young[at + 2] = ref;
    }

    private void grow() {
      long[] larger = new long[2 * young.length];
      for (int i = 0; i < young.length; i += 3) {
        if (young[i + 2] != 0) {
          System.arraycopy(young, i, larger, find(larger, young[i], young[i + 1]), 3);
        }
      }
      young = larger;
    }

    /** The place of the entry, or the free one where it belongs. Slots are a power of two. */
    private static int find(long[] table, long low, long high) {
      int mask = table.length / 3 - 1;
      int slot = (int) low & mask;
      while (true) {
        int at = 3 * slot;
        if (table[at + 2] == 0 || (table[at] == low && table[at + 1] == high)) {
          return at;
        }
        slot = slot + 1 & mask;
      }
    }
  }
}
