package io.narthex.http.client;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps bodies without end from eating the heap: one body may take an eighth of it, all that are
 * being received together a quarter.
 */
final class BodyBudget {
  private static final long MIB = 1 << 20;

  private final long largestBody;
  private final long total;
  private final AtomicLong taken = new AtomicLong();

  BodyBudget(long heapBytes) {
    largestBody = Math.clamp(heapBytes / 8, 32 * MIB, 1024 * MIB);
    total = Math.max(heapBytes / 4, 64 * MIB);
  }

  /** How many bytes of one body are too many, whatever its request allows. */
  long largestBody() {
    return largestBody;
  }

  boolean reserve(long bytes) {
    if (taken.addAndGet(bytes) > total) {
      taken.addAndGet(-bytes);
      return false;
    }
    return true;
  }

  void release(long bytes) {
    taken.addAndGet(-bytes);
  }
}
