package io.narthex.tsdb.head;

/** From when to when the head has samples, and which times it takes. Thread-safe. */
final class HeadTimes {
  private final long chunkRangeMillis;
  private final OutOfOrderTimes outOfOrder = new OutOfOrderTimes();
  private volatile long min = Head.NO_MIN;
  private volatile long max = Head.NO_MAX;
  private volatile long minValid = Long.MIN_VALUE;
  private volatile long outOfOrderWindow;

  /** The oldest sample committed since truncation started last; guarded by this. */
  private long oldestSinceTruncation = Head.NO_MIN;

  HeadTimes(long chunkRangeMillis) {
    this.chunkRangeMillis = chunkRangeMillis;
  }

  /** Time of the oldest sample, or the time up to which the head was truncated. */
  long min() {
    return min;
  }

  /** Time of the newest sample. */
  long max() {
    return max;
  }

  boolean isEmpty() {
    return max == Head.NO_MAX;
  }

  /** Samples below are refused: they belong to blocks. */
  long minValid() {
    return minValid;
  }

  void minValid(long t) {
    minValid = t;
  }

  /** See {@link Head#outOfOrderWindow}. */
  void outOfOrderWindow(long millis) {
    outOfOrderWindow = Math.max(0, millis);
  }

  /** Times of the samples that came out of order. */
  OutOfOrderTimes outOfOrder() {
    return outOfOrder;
  }

  /** What an appender opened now accepts. */
  AppendLimits appendLimits() {
    return new AppendLimits(appendableFrom(), max, outOfOrderWindow);
  }

  private long appendableFrom() {
    long newest = max;
    long floor = minValid;
    return newest == Head.NO_MAX ? floor : Math.max(floor, newest - chunkRangeMillis / 2);
  }

  /** Whether samples, in order or not, may be in a range, both ends included. */
  boolean mayHave(long from, long to) {
    boolean inOrder = max != Head.NO_MAX && to >= min && from <= max;
    return inOrder || outOfOrder.overlap(from, to);
  }

  /** Whether there is more than one and a half block ranges of data. */
  boolean compactable() {
    return !isEmpty() && max - min > chunkRangeMillis / 2 * 3;
  }

  /** Fixes the head's time where it has none yet. */
  synchronized void init(long t) {
    if (max == Head.NO_MAX) {
      min = t;
      max = t;
    }
  }

  synchronized void extend(long mint, long maxt) {
    min = Math.min(min, mint);
    max = Math.max(max, maxt);
    oldestSinceTruncation = Math.min(oldestSinceTruncation, mint);
  }

  /** Forgets that there was anything before a time. */
  synchronized void raiseMin(long mint) {
    min = mint;
    minValid = Math.max(minValid, mint);
    max = Math.max(max, mint);
    oldestSinceTruncation = Head.NO_MIN;
  }

  /**
   * The oldest sample may be younger than the time that the head was truncated at; but truncation
   * may have passed a row before a commit added an older one to it.
   */
  synchronized void raiseOldest(long mint, long oldest) {
    if (min == mint) {
      min = Math.min(oldest, oldestSinceTruncation);
    }
  }
}
