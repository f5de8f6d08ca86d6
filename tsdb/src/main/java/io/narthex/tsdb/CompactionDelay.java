package io.narthex.tsdb;

import java.util.random.RandomGenerator;

/**
 * Puts the compaction of a head that is due off by a random time, so that servers that were started
 * together do not all compact at the same moment. One thread at a time.
 */
final class CompactionDelay {
  private final long nanos;
  private boolean counting;
  private long since;

  /** A delay of up to so many percent of a range. */
  CompactionDelay(long rangeMillis, int maxPercent, RandomGenerator random) {
    long limit = rangeMillis * maxPercent / 100;
    nanos = limit <= 0 ? 0 : random.nextLong(limit) * 1_000_000;
  }

  /**
   * Whether the head is to wait.
   *
   * @param due whether it can be compacted; the delay counts from the first time that it can
   */
  boolean holdsBack(boolean due, long nowNanos) {
    if (!due) {
      counting = false;
      return false;
    }
    if (!counting) {
      counting = true;
      since = nowNanos;
    }
    return nowNanos - since < nanos;
  }

  long millis() {
    return nanos / 1_000_000;
  }
}
