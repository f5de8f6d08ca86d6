package io.narthex.tsdb.head;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Memory for byte sequences that grow: blocks of 64 bytes, linked by number, in large pages. Freed
 * blocks are used again, those of the lowest page first, so that the upper pages run empty where
 * there is too much; an empty page is given back. One thread writes; readers copy and check the
 * row's version after it.
 */
final class ChunkSlab {
  static final int BLOCK_BYTES = 64;
  static final int BLOCK_BITS = BLOCK_BYTES * 8;
  static final int NONE = -1;

  private static final int PAGE_BITS = 11;
  private static final int PAGE_BLOCKS = 1 << PAGE_BITS;

  private volatile byte[][] pages = new byte[4][];
  private volatile int[][] links = new int[4][];

  /** By page: its first free block, {@link #NONE} where there is none, and how many are in use. */
  private int[] freeHeads = new int[4];

  private int[] used = new int[4];

  /** Pages with free blocks; pages that are not there are none. */
  private final BitSet open = new BitSet();

  /** Pages are below. */
  private int limit;

  private int livePages;
  private int emptyPages;
  private long usedBlocks;

  /** The page that blocks are taken from, -1 before the first. */
  private int current = -1;

  int allocate() {
    int page = current;
    if (page < 0 || freeHeads[page] == NONE) {
      page = openPage();
    }
    int block = freeHeads[page];
    freeHeads[page] = next(block);
    if (freeHeads[page] == NONE) {
      open.clear(page);
    }
    if (used[page]++ == 0) {
      emptyPages--;
    }
    usedBlocks++;
    link(block, NONE);
    return block;
  }

  private int openPage() {
    int page = open.nextSetBit(0);
    if (page < 0) {
      page = addPage();
    }
    current = page;
    return page;
  }

  /** Gives a sequence's blocks back. */
  void free(int first) {
    int block = first;
    while (block != NONE) {
      int next = next(block);
      int page = block >>> PAGE_BITS;
      link(block, freeHeads[page]);
      freeHeads[page] = block;
      open.set(page);
      usedBlocks--;
      used[page]--;
      if (page < current) {
        current = page;
      }
      if (used[page] == 0) {
        emptied(page);
      }
      block = next;
    }
  }

  /** Keeps one empty page, for the next chunks. */
  private void emptied(int page) {
    if (emptyPages > 0) {
      drop(page);
    } else {
      emptyPages++;
    }
  }

  /** The page of a block. */
  byte[] page(int block) {
    return pages[block >>> PAGE_BITS];
  }

  /** Where in its page a block starts. */
  static int offset(int block) {
    return (block & (PAGE_BLOCKS - 1)) * BLOCK_BYTES;
  }

  int next(int block) {
    return links[block >>> PAGE_BITS][block & (PAGE_BLOCKS - 1)];
  }

  void link(int block, int next) {
    links[block >>> PAGE_BITS][block & (PAGE_BLOCKS - 1)] = next;
  }

  /**
   * Copies the first bytes of a sequence. Under a race the sequence may be anything: then false, or
   * wrong bytes that the caller drops for the row's version.
   */
  boolean copy(int first, int length, byte[] into, int offset) {
    int block = first;
    int at = offset;
    int left = length;
    while (left > 0) {
      byte[][] allPages = pages;
      int[][] allLinks = links;
      int p = block >>> PAGE_BITS;
      byte[] page = p < allPages.length ? allPages[p] : null;
      int[] nextOf = p < allLinks.length ? allLinks[p] : null;
      if (page == null || nextOf == null) {
        return false;
      }
      int n = Math.min(left, BLOCK_BYTES);
      System.arraycopy(page, offset(block), into, at, n);
      at += n;
      left -= n;
      block = nextOf[block & (PAGE_BLOCKS - 1)];
    }
    return true;
  }

  /**
   * From which block on none would be in use if all stood as low as they can, with some room to
   * spare; {@code Integer.MAX_VALUE} where there is not so much above that moving is worthwhile.
   */
  int crowdedLimit() {
    long needed = (usedBlocks + PAGE_BLOCKS - 1) / PAGE_BLOCKS;
    long wanted = needed + needed / 8 + 1;
    return livePages > wanted + wanted / 8 + 1
        ? (int) Math.min(wanted << PAGE_BITS, Integer.MAX_VALUE)
        : Integer.MAX_VALUE;
  }

  /** Whether a block of a sequence is not below a limit. */
  boolean reaches(int first, int limitBlock) {
    for (int block = first; block != NONE; block = next(block)) {
      if (block >= limitBlock) {
        return true;
      }
    }
    return false;
  }

  /** Copies a sequence to fresh blocks, and frees it; the first of them. */
  int moved(int first) {
    int from = first;
    int start = NONE;
    int last = NONE;
    while (from != NONE) {
      int to = allocate();
      System.arraycopy(page(from), offset(from), page(to), offset(to), BLOCK_BYTES);
      if (last == NONE) {
        start = to;
      } else {
        link(last, to);
      }
      last = to;
      from = next(from);
    }
    free(first);
    return start;
  }

  /** The last block of a sequence. */
  int last(int first) {
    int block = first;
    for (int next = next(block); next != NONE; next = next(block)) {
      block = next;
    }
    return block;
  }

  long usedBytes() {
    return usedBlocks * (BLOCK_BYTES + Integer.BYTES);
  }

  long sizeBytes() {
    return (long) livePages * PAGE_BLOCKS * (BLOCK_BYTES + Integer.BYTES);
  }

  /** A fresh page with all blocks free, at the lowest number without one. */
  private int addPage() {
    int page = 0;
    while (page < limit && pages[page] != null) {
      page++;
    }
    if (page == pages.length) {
      links = Arrays.copyOf(links, page * 2);
      pages = Arrays.copyOf(pages, page * 2);
      freeHeads = Arrays.copyOf(freeHeads, page * 2);
      used = Arrays.copyOf(used, page * 2);
    }
    int[] chain = new int[PAGE_BLOCKS];
    int first = page << PAGE_BITS;
    for (int i = 0; i < PAGE_BLOCKS; i++) {
      chain[i] = i + 1 < PAGE_BLOCKS ? first + i + 1 : NONE;
    }
    links[page] = chain;
    pages[page] = new byte[PAGE_BLOCKS * BLOCK_BYTES];
    freeHeads[page] = first;
    used[page] = 0;
    open.set(page);
    emptyPages++;
    limit = Math.max(limit, page + 1);
    livePages++;
    return page;
  }

  private void drop(int page) {
    links[page] = null;
    pages[page] = null;
    freeHeads[page] = NONE;
    open.clear(page);
    livePages--;
    if (current == page) {
      current = -1;
    }
  }
}
