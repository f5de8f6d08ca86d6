package io.narthex.tsdb.wal;

import io.narthex.storage.StorageException;
import io.narthex.tsdb.encoding.FileErrors;
import io.narthex.tsdb.encoding.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import java.util.stream.Stream;

/**
 * A checkpoint: the part of old segments that is still needed, in a folder {@code
 * checkpoint.NNNNNNNN} beside them, so that the segments up to N can be deleted.
 */
public record Checkpoint(Path folder, int segment) {
  private static final String PREFIX = "checkpoint.";
  private static final String TEMPORARY_SUFFIX = ".tmp";

  /** The newest checkpoint of a log. */
  public static Optional<Checkpoint> latest(Path walFolder) {
    return list(walFolder).stream().max(Comparator.comparingInt(Checkpoint::segment));
  }

  /** Finished checkpoints, in no order. */
  static List<Checkpoint> list(Path walFolder) {
    List<Checkpoint> found = new ArrayList<>();
    if (!Files.isDirectory(walFolder)) {
      return found;
    }
    try (Stream<Path> files = Files.list(walFolder)) {
      files.forEach(
          path -> {
            String name = path.getFileName().toString();
            String number = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : "";
            boolean digits =
                !number.isEmpty()
                    && number.length() < 10
                    && number.chars().allMatch(c -> c >= '0' && c <= '9');
            if (digits && Files.isDirectory(path)) {
              found.add(new Checkpoint(path, Integer.parseInt(number)));
            }
          });
    } catch (IOException e) {
      throw new StorageException("cannot list " + walFolder + ": " + FileErrors.reason(e), e);
    }
    return found;
  }

  /** What a checkpoint saw, and what of it is no longer needed. */
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
   * @param mint samples and exemplars before are dropped, milliseconds
   * @param lateMint deletions that end before are dropped, milliseconds; samples before {@code
   *     mint} that came to one that is kept are kept with it
   * @throws StorageException where the log is damaged, has a gap, or the checkpoint cannot be
   *     written; nothing has changed then
   */
  public static Stats create(
      Path walFolder,
      int from,
      int to,
      LongPredicate keepSeries,
      long mint,
      long lateMint,
      WalCompression compression) {
    Optional<Checkpoint> previous = latest(walFolder);
    int first = previous.isPresent() ? previous.get().segment() + 1 : from;
    if (from > first) {
      throw new StorageException(
          walFolder
              + ": segments "
              + first
              + " to "
              + (from - 1)
              + " are missing since the last checkpoint");
    }
    Path folder = walFolder.resolve(name(to));
    Path temporary = walFolder.resolve(name(to) + TEMPORARY_SUFFIX);
    Folders.delete(temporary);
    try {
      Stats stats;
      try (WalWriter out =
          WalWriter.open(
              temporary, WalWriter.DEFAULT_SEGMENT_BYTES, compression, WalMetrics.unregistered())) {
        CheckpointFilter filter = new CheckpointFilter(out, keepSeries, mint, lateMint);
        previous.ifPresent(checkpoint -> copy(WalReader.openAll(checkpoint.folder()), filter));
        copy(WalReader.open(walFolder, first, to), filter);
        filter.finish();
        stats = filter.stats();
      }
      Folders.sync(temporary);
      Folders.delete(folder);
      Folders.rename(temporary, folder);
      return stats;
    } catch (RuntimeException e) {
      Folders.delete(temporary);
      throw e;
    }
  }

  private static String name(int segment) {
    return PREFIX + WalSegments.file(Path.of(""), segment).getFileName();
  }

  private static void copy(WalReader reader, CheckpointFilter filter) {
    try (reader) {
      while (reader.next()) {
        filter.record(reader);
      }
    }
  }

  /** Deletes the checkpoints below a segment, and what unfinished ones have left. */
  public static void deleteBefore(Path walFolder, int segment) {
    for (Checkpoint checkpoint : list(walFolder)) {
      if (checkpoint.segment() < segment) {
        Folders.delete(checkpoint.folder());
      }
    }
    deleteTemporary(walFolder);
  }

  /** Deletes what unfinished checkpoints have left. */
  public static void deleteTemporary(Path walFolder) {
    if (!Files.isDirectory(walFolder)) {
      return;
    }
    try (Stream<Path> files = Files.list(walFolder)) {
      files
          .filter(
              path -> {
                String name = path.getFileName().toString();
                return name.startsWith(PREFIX) && name.endsWith(TEMPORARY_SUFFIX);
              })
          .toList()
          .forEach(Folders::delete);
    } catch (IOException e) {
      throw new StorageException("cannot list " + walFolder + ": " + FileErrors.reason(e), e);
    }
  }
}
