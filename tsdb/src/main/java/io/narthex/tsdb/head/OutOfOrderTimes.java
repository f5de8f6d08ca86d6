package io.narthex.tsdb.head;

/** Times of the oldest and the newest out-of-order sample of the head, or a range around them. */
final class OutOfOrderTimes {
  private volatile long mint = Long.MAX_VALUE;
  private volatile long maxt = Long.MIN_VALUE;

  /** What came since truncation started; guarded by this. */
  private long mintSince = Long.MAX_VALUE;

  private long maxtSince = Long.MIN_VALUE;

  /** {@code Long.MAX_VALUE} where there are none. */
  long mint() {
    return mint;
  }

  /** {@code Long.MIN_VALUE} where there are none. */
  long maxt() {
    return maxt;
  }

  boolean overlap(long from, long to) {
    return mint <= to && maxt >= from;
  }

  synchronized void extend(long from, long to) {
    mint = Math.min(mint, from);
    maxt = Math.max(maxt, to);
    mintSince = Math.min(mintSince, from);
    maxtSince = Math.max(maxtSince, to);
  }

  synchronized void beginTruncation() {
    mintSince = Long.MAX_VALUE;
    maxtSince = Long.MIN_VALUE;
  }

  /** Truncation saw these times; a commit may have added others to rows that it had passed. */
  synchronized void endTruncation(long from, long to) {
    mint = Math.min(from, mintSince);
    maxt = Math.max(to, maxtSince);
  }
}
