package io.narthex.tsdb.head;

import io.narthex.storage.StorageException;
import io.narthex.tsdb.wal.SeriesState;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Counts references up. With a log, they are reserved in its {@link SeriesState} before they are
 * given away, a range at a time: so the next process knows, without reading the log, which are
 * free.
 *
 * <p>Safe for several threads.
 */
final class SeriesRefs {
  private static final long RANGE = 1 << 20;

  private Optional<Path> log = Optional.empty();
  private int segment;
  private long last;

  /** References above were given away here. */
  private long own = Long.MAX_VALUE;

  private int unmergedFrom = -1;
  private long reserved = Long.MAX_VALUE;

  /**
   * Reserves from now on.
   *
   * @param bound no series of the log has a reference above
   */
  synchronized void start(Path walFolder, int currentSegment, long bound) {
    log = Optional.of(walFolder);
    segment = currentSegment;
    own = bound;
    unmergedFrom =
        SeriesState.read(walFolder)
            .map(SeriesState::unmergedFrom)
            .filter(before -> before >= 0)
            .orElse(currentSegment);
    last = Math.max(last, bound);
    reserve(false);
  }

  synchronized long next() {
    if (last >= reserved) {
      reserve(true);
    }
    return ++last;
  }

  /** A reference is in use that was not given away here. */
  synchronized void used(long ref) {
    last = Math.max(last, ref);
  }

  /** Whether a reference was given away here, and no series of the log before has it. */
  synchronized boolean isOwn(long ref) {
    return ref > own;
  }

  /** From this segment on a series may have references beside its first; -1 where none has. */
  synchronized int unmergedFrom() {
    return unmergedFrom;
  }

  /** All series have one reference in all segments. */
  synchronized void merged() {
    unmergedFrom = -1;
    write(false, false);
  }

  /** The log goes on in another segment. */
  synchronized void segment(int current) {
    segment = current;
    write(false, false);
  }

  /** Tells the next process that nothing is reserved in vain. */
  synchronized void close() {
    reserved = last;
    write(true, false);
  }

  /** Another process must know of the new range even where the segment stays the same. */
  private void reserve(boolean durable) {
    if (last + RANGE >= RefMap.LIMIT) {
      throw new StorageException("series references are used up: " + last + " of 2^40");
    }
    reserved = last + RANGE;
    write(false, durable);
  }

  private void write(boolean clean, boolean durable) {
    if (log.isPresent()) {
      new SeriesState(last, segment, clean, reserved, unmergedFrom).write(log.get(), durable);
    }
  }
}
