package io.narthex.tsdb.head;

import io.narthex.storage.StorageException;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Series reference to row. References are counted up and never used twice, so three levels of pages
 * are dense: the last holds rows, the upper two only what is in use. Writes are guarded by the
 * index lock; reads need no lock and may miss a reference that they were not told of in an ordered
 * way.
 */
final class RefMap {
  /** References are below this, as in Prometheus. */
  static final long LIMIT = 1L << 40;

  private static final int LEAF_BITS = 12;
  private static final int NODE_BITS = 14;
  private static final int LEAF_MASK = (1 << LEAF_BITS) - 1;
  private static final int NODE_MASK = (1 << NODE_BITS) - 1;

  /** Row + 1; 0 where there is none. */
  private volatile int[][][] root = new int[1][][];

  /** The row of a reference, or -1. */
  int row(long ref) {
    int[][][] nodes = root;
    long top = ref >>> (LEAF_BITS + NODE_BITS);
    if (ref < 0 || top >= nodes.length) {
      return -1;
    }
    int[][] node = nodes[(int) top];
    if (node == null) {
      return -1;
    }
    int[] leaf = node[(int) (ref >>> LEAF_BITS) & NODE_MASK];
    return leaf == null ? -1 : leaf[(int) ref & LEAF_MASK] - 1;
  }

  void put(long ref, int row) {
    if (ref <= 0 || ref >= LIMIT) {
      throw new StorageException("series reference " + ref + " is not between 1 and 2^40");
    }
    int top = (int) (ref >>> (LEAF_BITS + NODE_BITS));
    int[][][] nodes = root;
    if (top >= nodes.length) {
      nodes = Arrays.copyOf(nodes, Math.max(top + 1, nodes.length * 2));
    }
    if (nodes[top] == null) {
      nodes[top] = new int[1 << NODE_BITS][];
    }
    int[][] node = nodes[top];
    int middle = (int) (ref >>> LEAF_BITS) & NODE_MASK;
    if (node[middle] == null) {
      node[middle] = new int[1 << LEAF_BITS];
    }
    node[middle][(int) ref & LEAF_MASK] = row + 1;
    root = nodes;
  }

  /** All references of the rows in a set, ascending. */
  long[] of(BitSet rows) {
    long[] found = new long[rows.cardinality()];
    int n = 0;
    int[][][] nodes = root;
    for (int top = 0; top < nodes.length; top++) {
      for (int middle = 0; nodes[top] != null && middle < nodes[top].length; middle++) {
        int[] leaf = nodes[top][middle];
        for (int i = 0; leaf != null && i < leaf.length; i++) {
          if (leaf[i] != 0 && rows.get(leaf[i] - 1)) {
            found = n == found.length ? Arrays.copyOf(found, 2 * n + 1) : found;
            found[n++] = ((long) top << (LEAF_BITS + NODE_BITS)) | ((long) middle << LEAF_BITS) | i;
          }
        }
      }
    }
    return Arrays.copyOf(found, n);
  }

  void remove(long ref) {
    int top = (int) (ref >>> (LEAF_BITS + NODE_BITS));
    int[][] node = root[top];
    int middle = (int) (ref >>> LEAF_BITS) & NODE_MASK;
    int[] leaf = node[middle];
    leaf[(int) ref & LEAF_MASK] = 0;
    if (isEmpty(leaf)) {
      node[middle] = null;
    }
  }

  private static boolean isEmpty(int[] leaf) {
    for (int entry : leaf) {
      if (entry != 0) {
        return false;
      }
    }
    return true;
  }
}
