package io.narthex.tsdb;

import io.narthex.storage.StorageException;
import io.narthex.tsdb.block.Block;
import io.narthex.tsdb.block.Ulid;
import io.narthex.tsdb.encoding.FileErrors;
import io.narthex.tsdb.encoding.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The blocks of a database, as they are on disk: {@link #reload} opens new ones and deletes those
 * that are compacted into others or beyond retention. One thread at a time reloads; any may list.
 */
final class Blocks implements AutoCloseable {
  static final String DELETION_SUFFIX = ".tmp-for-deletion";

  private static final Logger LOG = LoggerFactory.getLogger(Blocks.class);

  private final Path folder;
  private final DbMetrics metrics;

  /** Ascending in time. */
  private volatile List<Block> loaded = List.of();

  /** Folders that could not be opened, so that they are complained of once. */
  private final Set<Ulid> broken = new HashSet<>();

  private final LongSupplier fileSystemBytes;

  /** What was last said of blocks that overlap. */
  private String overlaps = "";

  /**
   * How much to keep.
   *
   * @param headBytes what logs and head chunks take of it
   */
  record Limits(RetentionLimits retention, long headBytes) {}

  Blocks(Path folder, DbMetrics metrics) {
    this(folder, metrics, () -> FileSystemSize.of(folder));
  }

  /**
   * @param fileSystemBytes size of the file system, 0 where it is unknown
   */
  Blocks(Path folder, DbMetrics metrics, LongSupplier fileSystemBytes) {
    this.folder = folder;
    this.metrics = metrics;
    this.fileSystemBytes = fileSystemBytes;
  }

  List<Block> list() {
    return loaded;
  }

  long sizeBytes() {
    long bytes = 0;
    for (Block block : loaded) {
      bytes += block.sizeBytes();
    }
    return bytes;
  }

  /** Memory that symbol tables take, in bytes. */
  long symbolTableBytes() {
    long bytes = 0;
    for (Block block : loaded) {
      bytes += block.symbolTableBytes();
    }
    return bytes;
  }

  /**
   * Where the newest block ends, milliseconds, excluded; without those that hold only part of the
   * series or samples of their time, so that there may be more of it in the log.
   */
  Optional<Long> inOrderMaxTime() {
    return loaded.stream()
        .filter(block -> !block.meta().compaction().isPartial())
        .map(block -> block.meta().maxTime())
        .max(Comparator.naturalOrder());
  }

  Optional<Long> minTime() {
    return loaded.isEmpty() ? Optional.empty() : Optional.of(loaded.getFirst().meta().minTime());
  }

  /** Whether a block on disk could not be opened. */
  boolean isBroken(Ulid ulid) {
    return broken.contains(ulid);
  }

  /**
   * Deletes a block that was just written and turned out not to open; it has nothing of its own.
   */
  void deleteBroken(Ulid ulid) {
    delete(folder.resolve(ulid.toString()));
    broken.remove(ulid);
  }

  /**
   * Brings the list in line with the folder. Blocks that cannot be opened are left out, and counted
   * as a failure each time, so that alerts on that keep firing.
   */
  void reload(Limits limits) {
    metrics.reloads.inc();
    try {
      List<Block> found = open();
      Set<Ulid> superseded = Retention.superseded(found);
      List<Block> kept = new ArrayList<>(found);
      kept.removeIf(block -> superseded.contains(block.meta().ulid()));
      kept.sort(Comparator.comparingLong(block -> block.meta().minTime()));
      dropOld(kept, limits);
      List<Block> gone = new ArrayList<>(found);
      gone.removeAll(kept);
      // Readers that come now see the new list; those that are there keep the old blocks open.
      loaded = List.copyOf(kept);
      gone.forEach(Block::close);
      gone.forEach(this::delete);
      deleteReplaced(superseded);
      tellOverlaps(kept);
    } catch (StorageException e) {
      metrics.reloadFailures.inc();
      throw e;
    }
    if (!broken.isEmpty()) {
      metrics.reloadFailures.inc();
    }
  }

  /** Blocks that do not open, but were compacted into others, which do. */
  private void deleteReplaced(Set<Ulid> superseded) {
    for (Ulid ulid : Set.copyOf(broken)) {
      if (superseded.contains(ulid)) {
        LOG.atWarn()
            .addKeyValue("block", ulid)
            .log("Found corrupted block, but it was compacted into another one: deleting it");
        deleteBroken(ulid);
      }
    }
  }

  private void tellOverlaps(List<Block> sorted) {
    String now = Overlaps.describe(sorted);
    if (!now.isEmpty() && !now.equals(overlaps)) {
      LOG.atWarn().addKeyValue("detail", now).log("Overlapping blocks found during reloadBlocks");
    }
    overlaps = now;
  }

  private void dropOld(List<Block> kept, Limits limits) {
    RetentionLimits retention = limits.retention();
    List<Block> old = Retention.beyondTime(kept, retention.millis());
    if (!old.isEmpty()) {
      metrics.timeRetentions.inc();
      kept.removeAll(old);
    }
    List<Block> tooMuch = Retention.beyondSize(kept, bytes(retention), limits.headBytes());
    if (!tooMuch.isEmpty()) {
      metrics.sizeRetentions.inc();
      kept.removeAll(tooMuch);
    }
  }

  private long bytes(RetentionLimits retention) {
    if (retention.percentage() <= 0) {
      return retention.bytes();
    }
    long size = fileSystemBytes.getAsLong();
    if (size > 0) {
      return (long) (size * retention.percentage() / 100);
    }
    LOG.atWarn()
        .addKeyValue("dir", folder)
        .log(
            "The size of the file system is unknown: its percentage is not heeded, only bytes are");
    return retention.bytes();
  }

  /** All blocks in the folder; those already open as they are. */
  private List<Block> open() {
    Map<Ulid, Block> known = new HashMap<>();
    for (Block block : loaded) {
      known.put(block.meta().ulid(), block);
    }
    List<Block> found = new ArrayList<>();
    Set<Ulid> present = new HashSet<>();
    for (Path entry : entries()) {
      Optional<Ulid> ulid = Ulid.parse(entry.getFileName().toString());
      if (ulid.isEmpty() || !Files.isDirectory(entry)) {
        continue;
      }
      present.add(ulid.get());
      Block block = known.get(ulid.get());
      if (block != null) {
        found.add(block);
      } else {
        openNew(ulid.get(), entry).ifPresent(found::add);
      }
    }
    broken.retainAll(present);
    return found;
  }

  private Optional<Block> openNew(Ulid ulid, Path entry) {
    try {
      Block block = Block.open(entry);
      broken.remove(ulid);
      return Optional.of(block);
    } catch (StorageException e) {
      if (broken.add(ulid)) {
        LOG.atError()
            .addKeyValue("ulid", ulid)
            .addKeyValue("err", e.getMessage())
            .log("Block cannot be opened and is left out");
      }
      return Optional.empty();
    }
  }

  private void delete(Block block) {
    delete(block.folder());
    LOG.atInfo().addKeyValue("block", block).log("Deleting obsolete block");
  }

  /** Renames first, so that a crash does not leave half a block under its name. */
  private static void delete(Path block) {
    Path doomed = block.resolveSibling(block.getFileName() + DELETION_SUFFIX);
    Folders.delete(doomed);
    Folders.rename(block, doomed);
    Folders.delete(doomed);
  }

  private List<Path> entries() {
    try (Stream<Path> stream = Files.list(folder)) {
      return stream.sorted().toList();
    } catch (IOException e) {
      throw new StorageException("cannot list " + folder + ": " + FileErrors.reason(e), e);
    }
  }

  @Override
  public void close() {
    List<Block> all = loaded;
    loaded = List.of();
    all.forEach(Block::close);
  }
}
