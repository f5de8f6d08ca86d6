package io.narthex.scrape;

import java.time.Instant;

/**
 * When a target is scraped, and which time its samples get.
 *
 * <p>Scrapes stand on a grid of the interval that begins somewhere in it, by the target's hash, so
 * that the load of all targets spreads evenly. Threads wake up a little late; up to a tolerance the
 * samples get the grid's time nevertheless, because equal distances compress so much better.
 */
final class Ticker {
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final long intervalNanos;
  private final long toleranceNanos;
  private final long spread;
  private long nextNanos;
  private long alignedEpochNanos;

  Ticker(long intervalNanos, long toleranceNanos, long spread) {
    this.intervalNanos = intervalNanos;
    this.toleranceNanos = Math.min(intervalNanos / 100, toleranceNanos);
    this.spread = spread;
  }

  /** How long from now to the first scrape. */
  long offsetNanos() {
    long now = epochNanos();
    long base = intervalNanos - now % intervalNanos;
    long next = base + Long.remainderUnsigned(spread, intervalNanos);
    return next > intervalNanos ? next - intervalNanos : next;
  }

  /** Starts the grid now. */
  void begin() {
    nextNanos = System.nanoTime();
    alignedEpochNanos = epochNanos();
  }

  /** The time for the samples of a scrape that starts now, in milliseconds. */
  long scrapeMillis() {
    long now = epochNanos();
    long late = now - alignedEpochNanos;
    if (late >= intervalNanos) {
      alignedEpochNanos += late / intervalNanos * intervalNanos;
      late = now - alignedEpochNanos;
    }
    // A clock that was set back is late by less than nothing, and keeps to the grid as well.
    return Math.floorDiv(late <= toleranceNanos ? alignedEpochNanos : now, NANOS_PER_MILLI);
  }

  /** The next tick on the monotonic clock; where some were missed, one of them is due at once. */
  long nextNanos() {
    long now = System.nanoTime();
    long missed = (now - nextNanos) / intervalNanos;
    nextNanos += Math.max(1, missed) * intervalNanos;
    return nextNanos;
  }

  /** The tick that a wait which was cut short has waited for, or the next one. */
  long upcomingNanos() {
    return nextNanos - System.nanoTime() > 0 ? nextNanos : nextNanos();
  }

  private static long epochNanos() {
    Instant now = Instant.now();
    return now.getEpochSecond() * NANOS_PER_SECOND + now.getNano();
  }
}
