package io.narthex.tsdb.head;

/**
 * Moves chunks that stand high in the slab to free blocks further below, where a burst of series
 * has left more pages than needed; the pages above run empty and are given back. Works in slices of
 * rows, so that commits wait a few milliseconds at most. Readers never wait: who has copied from
 * blocks that were moved sees by the row's version that it must start again.
 */
final class SlabCompaction {
  private static final int SLICE = 8192;

  private final Head head;
  private int limitBlock;

  SlabCompaction(Head head) {
    this.head = head;
  }

  void run() {
    head.commitLock.lock();
    try {
      limitBlock = head.slab.crowdedLimit();
    } finally {
      head.commitLock.unlock();
    }
    int rows = limitBlock == Integer.MAX_VALUE ? 0 : head.table.limit();
    for (int from = 0; from < rows; from += SLICE) {
      head.commitLock.lock();
      try {
        for (int row = from; row < Math.min(rows, from + SLICE); row++) {
          if (head.table.ref(row) != 0) {
            move(row);
          }
        }
      } finally {
        head.commitLock.unlock();
      }
    }
  }

  private void move(int row) {
    long[] columns = head.table.hot(row);
    int base = SeriesTable.base(row);
    int open = SeriesTable.block(columns[base + SeriesTable.HEAD]);
    long list = head.table.fullChunks(row);
    boolean moveOpen = head.slab.reaches(open, limitBlock);
    boolean moveList = head.slab.reaches(FullChunks.firstBlock(list), limitBlock);
    if (!moveOpen && !moveList) {
      return;
    }
    head.versions.beginWrite(row);
    try {
      if (moveOpen) {
        int first = head.slab.moved(open);
        columns[base + SeriesTable.HEAD] = withBlock(columns[base + SeriesTable.HEAD], first);
        // A chunk with blocks is one of floats: its last block is the one that it grows in.
        int last = head.slab.last(first);
        columns[base + SeriesTable.TAIL] = withBlock(columns[base + SeriesTable.TAIL], last);
      }
      if (moveList) {
        int first = head.slab.moved(FullChunks.firstBlock(list));
        head.table.fullChunks(row, withBlock(list, first));
      }
    } finally {
      head.versions.endWrite(row);
    }
  }

  private static long withBlock(long packed, int block) {
    return (packed & 0xFFFFFFFFL) | (long) block << 32;
  }
}
