package io.narthex.tsdb.head;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Sequence locks for rows: the one writer makes a row's version odd while it changes it; a reader
 * copies what it needs and starts again where the version was odd or has moved. Rows share
 * versions, which costs a rare needless retry.
 */
final class RowVersions {
  private static final int COUNT = 4096;
  private static final VarHandle VERSION = MethodHandles.arrayElementVarHandle(int[].class);

  private final int[] versions = new int[COUNT];

  void beginWrite(int row) {
    int i = row & (COUNT - 1);
    VERSION.setOpaque(versions, i, versions[i] + 1);
    VarHandle.storeStoreFence();
  }

  void endWrite(int row) {
    int i = row & (COUNT - 1);
    VERSION.setRelease(versions, i, versions[i] + 1);
  }

  /** Waits until nobody changes the row, and returns its version for {@link #unchanged}. */
  int beginRead(int row) {
    int i = row & (COUNT - 1);
    for (int spins = 0; ; spins++) {
      int version = (int) VERSION.getAcquire(versions, i);
      if ((version & 1) == 0) {
        return version;
      }
      if (spins < 100) {
        Thread.onSpinWait();
      } else {
        Thread.yield();
      }
    }
  }

  /** Whether everything read since {@link #beginRead} belongs together. */
  boolean unchanged(int row, int version) {
    VarHandle.acquireFence();
    return (int) VERSION.getOpaque(versions, row & (COUNT - 1)) == version;
  }
}
