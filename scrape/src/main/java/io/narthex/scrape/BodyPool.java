package io.narthex.scrape;

import java.util.ArrayDeque;
import java.util.Iterator;

/**
 * Arrays for bodies, shared by all targets: a target needs one only from the first byte of its body
 * to the end of parsing. Keeps a few; others are left to the garbage collector.
 */
final class BodyPool {
  private static final int MAX_IDLE = 16;
  private static final long MAX_IDLE_BYTES = 32 << 20;
  private static final int MAX_POOLED = 4 << 20;
  private static final int SMALLEST = 16 << 10;

  private final ArrayDeque<byte[]> idle = new ArrayDeque<>();
  private long idleBytes;

  /** An array of at least this size. */
  synchronized byte[] take(int size) {
    for (Iterator<byte[]> it = idle.iterator(); it.hasNext(); ) {
      byte[] array = it.next();
      if (array.length >= size) {
        it.remove();
        idleBytes -= array.length;
        return array;
      }
    }
    return new byte[Math.max(size, SMALLEST)];
  }

  synchronized void give(byte[] array) {
    if (array.length >= SMALLEST
        && array.length <= MAX_POOLED
        && idle.size() < MAX_IDLE
        && idleBytes + array.length <= MAX_IDLE_BYTES) {
      idle.push(array);
      idleBytes += array.length;
    }
  }
}
