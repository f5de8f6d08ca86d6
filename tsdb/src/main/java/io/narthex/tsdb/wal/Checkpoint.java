package io.narthex.tsdb.wal;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongPredicate;

/**
 * A checkpoint: the part of old segments that is still needed, in a folder {@code
 * checkpoint.NNNNNNNN} beside them, so that the segments up to N can be deleted.
 */
public record Checkpoint(Path folder, int segment) {

  /** The newest checkpoint of a log. */
  public static Optional<Checkpoint> latest(Path walFolder) {
    throw new UnsupportedOperationException();
  }

  /** What a checkpoint kept and dropped. */
  public record Stats(
      long totalSeries,
      long droppedSeries,
      long totalSamples,
      long droppedSamples,
      long totalTombstones,
      long droppedTombstones,
      long totalExemplars,
      long droppedExemplars,
      long totalMetadata,
      long droppedMetadata) {}

  /**
   * Writes the checkpoint of segments {@code from} to {@code to} (and the checkpoint before them).
   *
   * @param keepSeries whether the series with the reference is still needed
   * @param mint samples, exemplars and deletions that end before are dropped, milliseconds
   */
  public static Stats create(
      Path walFolder,
      int from,
      int to,
      LongPredicate keepSeries,
      long mint,
      WalCompression compression) {
    throw new UnsupportedOperationException();
  }

  /** Deletes the checkpoints below a segment. */
  public static void deleteBefore(Path walFolder, int segment) {
    throw new UnsupportedOperationException();
  }
}
