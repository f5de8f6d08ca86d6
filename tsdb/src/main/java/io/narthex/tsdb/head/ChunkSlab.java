package io.narthex.tsdb.head;

import java.util.Arrays;

/**
 * Memory for byte sequences that grow: blocks of 64 bytes, linked by number, in large pages. Freed
 * blocks are used again. One thread writes; readers copy and check the row's version after it.
 */
final class ChunkSlab {
  static final int BLOCK_BYTES = 64;
  static final int BLOCK_BITS = BLOCK_BYTES * 8;
  static final int NONE = -1;

  private static final int PAGE_BITS = 11;
  private static final int PAGE_BLOCKS = 1 << PAGE_BITS;

  private volatile byte[][] pages = new byte[4][];
  private volatile int[][] links = new int[4][];
  private int limit;
  private int freeHead = NONE;
  private long freeBlocks;

  int allocate() {
    int block = freeHead;
    if (block != NONE) {
      freeHead = next(block);
      freeBlocks--;
    } else {
      block = limit++;
      if ((block & (PAGE_BLOCKS - 1)) == 0) {
        addPage(block >>> PAGE_BITS);
      }
    }
    link(block, NONE);
    return block;
  }

  /** Gives a sequence's blocks back. */
  void free(int first) {
    int block = first;
    while (block != NONE) {
      int next = next(block);
      link(block, freeHead);
      freeHead = block;
      freeBlocks++;
      block = next;
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
      byte[][] blocks = pages;
      int p = block >>> PAGE_BITS;
      if (p >= blocks.length || blocks[p] == null || links[p] == null) {
        return false;
      }
      int n = Math.min(left, BLOCK_BYTES);
      System.arraycopy(blocks[p], offset(block), into, at, n);
      at += n;
      left -= n;
      block = next(block);
    }
    return true;
  }

  long usedBytes() {
    return (limit - freeBlocks) * (BLOCK_BYTES + Integer.BYTES);
  }

  long sizeBytes() {
    return (long) limit * (BLOCK_BYTES + Integer.BYTES);
  }

  private void addPage(int page) {
    if (page == pages.length) {
      links = Arrays.copyOf(links, page * 2);
      pages = Arrays.copyOf(pages, page * 2);
    }
    links[page] = new int[PAGE_BLOCKS];
    pages[page] = new byte[PAGE_BLOCKS * BLOCK_BYTES];
  }
}
