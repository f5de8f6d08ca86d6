package io.narthex.tsdb.compact;

import io.narthex.tsdb.encoding.WritePace;
import java.util.concurrent.locks.LockSupport;

/**
 * Slows block writing down to a share of one core and a number of bytes a second, in pauses of some
 * milliseconds. Java's thread priorities mean nothing on Linux, so that pauses are what leaves
 * cores to scrapes and queries; bytes are limited so that the disk's queue stays short for the log.
 *
 * <p>One thread writes at a time; any may {@link #cancel}.
 */
public final class Pacer implements WritePace {
  /** How late {@link #cancel} may be noticed. */
  private static final long MAX_PARK_NANOS = 50_000_000;

  private final double pausePerWork;
  private final double nanosPerByte;
  private long since;
  private volatile boolean cancelled;

  /**
   * @param share of one core that may be used, above 0 and up to 1
   * @param bytesPerSecond how much may be written
   */
  public Pacer(double share, long bytesPerSecond) {
    if (share <= 0 || share > 1 || bytesPerSecond <= 0) {
      throw new IllegalArgumentException(
          "pace of " + share + " cores, " + bytesPerSecond + " bytes/s");
    }
    this.pausePerWork = (1 - share) / share;
    this.nanosPerByte = 1e9 / bytesPerSecond;
  }

  /** For programs in which nobody else waits for anything. */
  public static Pacer unlimited() {
    return new Pacer(1, Long.MAX_VALUE);
  }

  /** A new block is begun: time that has passed since the last one was no work. */
  public void start() {
    since = System.nanoTime();
  }

  @Override
  public void wrote(long bytes) {
    long now = System.nanoTime();
    long worked = now - since;
    long pause = Math.max((long) (worked * pausePerWork), (long) (bytes * nanosPerByte) - worked);
    long end = now + pause;
    while (!cancelled && now < end) {
      LockSupport.parkNanos(this, Math.min(MAX_PARK_NANOS, end - now));
      if (Thread.interrupted()) {
        Thread.currentThread().interrupt();
        break;
      }
      now = System.nanoTime();
    }
    if (cancelled) {
      throw new CompactionCancelledException();
    }
    since = System.nanoTime();
  }

  /** Makes the block that is being written be given up, and all later ones. */
  public void cancel() {
    cancelled = true;
  }
}
