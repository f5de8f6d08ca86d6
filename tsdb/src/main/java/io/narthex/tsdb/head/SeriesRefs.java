package io.narthex.tsdb.head;

import io.narthex.storage.StorageException;
import io.narthex.tsdb.wal.SeriesState;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts references up. With a log, they are reserved in its {@link SeriesState} before they are
 * given away, a range at a time: so the next process knows, without reading the log, which are
 * free.
 *
 * <p>Safe for several threads.
 */
final class SeriesRefs {
  private static final Logger LOG = LoggerFactory.getLogger(SeriesRefs.class);
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
    write(false, reserved, false);
  }

  /** The log goes on in another segment. */
  synchronized void segment(int current) {
    segment = current;
    try {
      write(false, reserved, false);
    } catch (StorageException e) {
      // Then the file speaks of another segment, and the next process looks through the log.
      LOG.atWarn().addKeyValue("err", e.getMessage()).log("Series state not written");
    }
  }

  /** Tells the next process that nothing is reserved in vain. */
  synchronized void close() {
    reserved = last;
    write(true, reserved, false);
  }

  /** Another process must know of the new range even where the segment stays the same. */
  private void reserve(boolean durable) {
    if (last + RANGE >= RefMap.LIMIT) {
      throw new StorageException("series references are used up: " + last + " of 2^40");
    }
    // Given away only when the file says so.
    write(false, last + RANGE, durable);
    reserved = last + RANGE;
  }

  private void write(boolean clean, long bound, boolean durable) {
    if (log.isPresent()) {
      new SeriesState(last, segment, clean, bound, unmergedFrom).write(log.get(), durable);
    }
  }
}
