package io.narthex.tsdb.wal;

import io.narthex.storage.StorageException;
import io.narthex.tsdb.encoding.FileErrors;
import io.narthex.tsdb.encoding.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds segments that are missing before others, says so, and puts empty ones in their place: so
 * the log can be cut as ever, and Prometheus reads it too, which wants numbers without gaps.
 */
public final class SegmentGaps {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentGaps.class);

  /** Where more are missing, a segment has a number that is not its own. */
  private static final int MOST = 1000;

  private SegmentGaps() {}

  /**
   * Closes the gaps of a log or a checkpoint.
   *
   * @param expected the number of the first segment
   * @return how many gaps there were
   * @throws StorageException where a gap is so large that a segment must have a wrong number
   */
  public static int close(Path folder, int expected) {
    List<Integer> segments = WalSegments.list(folder);
    int gaps = 0;
    int next = expected;
    for (int segment : segments) {
      if (segment > next) {
        close(folder, next, segment, next == expected);
        gaps++;
      }
      next = Math.max(next, segment + 1);
    }
    return gaps;
  }

  private static void close(Path folder, int from, int before, boolean atStart) {
    if (before - from > MOST && !atStart) {
      throw new StorageException(
          WalSegments.file(folder, before)
              + ": segments "
              + from
              + " to "
              + (before - 1)
              + " are missing before it: restore them or move it and later ones away");
    }
    LOG.atError()
        .addKeyValue("dir", folder)
        .addKeyValue("first", from)
        .addKeyValue("last", before - 1)
        .log("Segments are missing: what only they had is lost");
    if (before - from > MOST) {
      return;
    }
    try {
      for (int segment = from; segment < before; segment++) {
        Files.createFile(WalSegments.file(folder, segment));
      }
    } catch (IOException e) {
      throw new StorageException(
          "cannot create segments in " + folder + ": " + FileErrors.reason(e), e);
    }
    Folders.sync(folder);
  }

  /**
   * Looks whether there were newer segments when the log was written last. The gap is closed by
   * going on.
   *
   * @param newest the newest segment; -1 where there is none
   * @return 1 where some are missing, else 0
   */
  public static int atEnd(Path walFolder, int newest) {
    int last = SeriesState.read(walFolder).map(SeriesState::lastSegment).orElse(-1);
    int known = Math.max(newest, Checkpoint.latest(walFolder).map(Checkpoint::segment).orElse(-1));
    if (last <= known) {
      return 0;
    }
    LOG.atError()
        .addKeyValue("dir", walFolder)
        .addKeyValue("first", known + 1)
        .addKeyValue("last", last)
        .log("The newest segments are missing: what only they had is lost");
    return 1;
  }

  /** The same of a checkpoint, which has at least one segment. */
  public static int close(Checkpoint checkpoint) {
    if (!WalSegments.list(checkpoint.folder()).isEmpty()) {
      return close(checkpoint.folder(), 0);
    }
    close(checkpoint.folder(), 0, 1, true);
    return 1;
  }
}
