package io.narthex.tsdb.head;

import io.narthex.storage.StorageException;
import io.narthex.tsdb.encoding.FileErrors;
import io.narthex.tsdb.encoding.Folders;
import io.narthex.tsdb.wal.Checkpoint;
import io.narthex.tsdb.wal.WalPosition;
import io.narthex.tsdb.wal.WalSegments;
import io.narthex.tsdb.wal.WalWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder {@code chunk_snapshot.<segment>.<offset>} with what the head had in memory at a clean
 * end: series with their open chunks, deletions and exemplars, as records in the framing of a log.
 * It stands for all of the log up to a position.
 *
 * @param end up to where the log is in it
 */
public record ChunkSnapshot(Path folder, WalPosition end) {
  private static final Logger LOG = LoggerFactory.getLogger(ChunkSnapshot.class);
  private static final Pattern NAME = Pattern.compile("chunk_snapshot\\.(\\d{1,9})\\.(\\d{1,18})");
  private static final Comparator<ChunkSnapshot> BY_END =
      Comparator.<ChunkSnapshot>comparingInt(snapshot -> snapshot.end().segment())
          .thenComparingLong(snapshot -> snapshot.end().offset());

  private static final String CHUNK_BYTES = "narthex_head_chunk_bytes";

  static final int SERIES = 1;
  static final int TOMBSTONES = 2;
  static final int EXEMPLARS = 3;

  /** Times and values of the last samples but one, which readers pass over. */
  static final int UNUSED_SAMPLES_BYTES = 3 * 16 + 8;

  /** The name of one that ends at a position. */
  static String name(WalPosition end) {
    return "chunk_snapshot.%06d.%010d".formatted(end.segment(), end.offset());
  }

  /**
   * The newest in a data directory that a replay can start from. Where the log does not reach up to
   * it, it is of another log: then all are deleted. One that a checkpoint has overtaken spares the
   * replay nothing, and may have series that the log has forgotten since.
   */
  public static Optional<ChunkSnapshot> forReplay(Path directory, WalWriter log) {
    Optional<ChunkSnapshot> newest = list(directory).stream().max(BY_END);
    if (newest.isEmpty()) {
      return newest;
    }
    if (!newest.get().isReachedBy(log)) {
      LOG.warn("Last WAL file is behind snapshot, removing snapshots");
      deleteAll(directory);
      return Optional.empty();
    }
    int segment = newest.get().end().segment();
    boolean overtaken =
        Checkpoint.latest(log.folder()).filter(c -> c.segment() >= segment).isPresent();
    if (overtaken) {
      LOG.atInfo()
          .addKeyValue("dir", newest.get().folder())
          .log("Chunk snapshot is older than the checkpoint and is not used");
    }
    return overtaken ? Optional.empty() : newest;
  }

  private boolean isReachedBy(WalWriter log) {
    Path file = WalSegments.file(log.folder(), end.segment());
    try {
      return end.segment() < log.firstSegment()
          && Files.exists(file)
          && Files.size(file) >= end.offset();
    } catch (IOException e) {
      throw new StorageException("cannot read " + file + ": " + FileErrors.reason(e), e);
    }
  }

  /**
   * Notes in a folder how many bytes of full chunks the snapshot relies on. Prometheus does not,
   * and passes over the file.
   */
  static void noteChunkBytes(Path folder, long bytes) {
    Path file = folder.resolve(CHUNK_BYTES);
    try {
      Files.writeString(file, Long.toString(bytes));
    } catch (IOException e) {
      throw new StorageException("cannot write " + file + ": " + FileErrors.reason(e), e);
    }
  }

  /**
   * Fails where there is less in the files of full chunks than there was: the log in its whole
   * length has what they have lost.
   */
  void checkChunkBytes(long bytes) {
    Path file = folder.resolve(CHUNK_BYTES);
    if (!Files.exists(file)) {
      return;
    }
    try {
      long expected = Long.parseLong(Files.readString(file));
      if (bytes < expected) {
        throw new StorageException(
            folder
                + ": relies on "
                + expected
                + " bytes of head chunks, of which "
                + bytes
                + " are there");
      }
    } catch (IOException e) {
      throw new StorageException("cannot read " + file + ": " + FileErrors.reason(e), e);
    } catch (NumberFormatException e) {
      throw new StorageException(file + ": not a number", e);
    }
  }

  /** Deletes those that end before a position. */
  static void deleteBefore(Path directory, WalPosition position) {
    ChunkSnapshot limit = new ChunkSnapshot(directory, position);
    for (ChunkSnapshot snapshot : list(directory)) {
      if (BY_END.compare(snapshot, limit) < 0) {
        Folders.delete(snapshot.folder());
      }
    }
  }

  /** Deletes all of a data directory. */
  static void deleteAll(Path directory) {
    list(directory).forEach(snapshot -> Folders.delete(snapshot.folder()));
  }

  /** Finished snapshots, in no order. */
  private static List<ChunkSnapshot> list(Path directory) {
    List<ChunkSnapshot> found = new ArrayList<>();
    try (Stream<Path> entries = Files.list(directory)) {
      entries.forEach(
          entry -> {
            Matcher name = NAME.matcher(entry.getFileName().toString());
            if (name.matches() && Files.isDirectory(entry)) {
              int segment = Integer.parseInt(name.group(1));
              long offset = Long.parseLong(name.group(2));
              found.add(new ChunkSnapshot(entry, new WalPosition(segment, offset)));
            }
          });
    } catch (IOException e) {
      throw new StorageException("cannot list " + directory + ": " + FileErrors.reason(e), e);
    }
    return found;
  }
}
