package io.narthex.tsdb.compact;

import io.narthex.tsdb.block.BlockMeta;
import java.util.function.Predicate;

/**
 * What compaction may do, and when.
 *
 * @param mergesOverlapping whether blocks whose times overlap are merged
 * @param mustWait tells of a block whether it may not be compacted yet; asked from the oldest on
 * @param maxDelayPercent a head that is due waits a random time, chosen once, of up to so many
 *     percent of its range; 0 for not at all
 * @param share of one core that writing blocks may use, above 0 and up to 1
 * @param bytesPerSecond how much writing blocks may write
 */
public record CompactionOptions(
    boolean mergesOverlapping,
    Predicate<BlockMeta> mustWait,
    int maxDelayPercent,
    double share,
    long bytesPerSecond) {
  public static final int DEFAULT_DELAY_PERCENT = 10;

  /** Prometheus' defaults: nothing waits. */
  public static final CompactionOptions DEFAULT =
      new CompactionOptions(true, _ -> false, 0, 0.5, 64L << 20);

  public CompactionOptions {
    if (maxDelayPercent < 0 || maxDelayPercent > 100) {
      throw new IllegalArgumentException("compaction delay of " + maxDelayPercent + " percent");
    }
  }

  public CompactionOptions withMergingOfOverlaps(boolean value) {
    return new CompactionOptions(value, mustWait, maxDelayPercent, share, bytesPerSecond);
  }

  public CompactionOptions withWaiting(Predicate<BlockMeta> waiting) {
    return new CompactionOptions(
        mergesOverlapping, waiting, maxDelayPercent, share, bytesPerSecond);
  }

  public CompactionOptions withDelay(int maxPercent) {
    return new CompactionOptions(mergesOverlapping, mustWait, maxPercent, share, bytesPerSecond);
  }

  public CompactionOptions withPace(double coreShare, long maxBytesPerSecond) {
    return new CompactionOptions(
        mergesOverlapping, mustWait, maxDelayPercent, coreShare, maxBytesPerSecond);
  }
}
