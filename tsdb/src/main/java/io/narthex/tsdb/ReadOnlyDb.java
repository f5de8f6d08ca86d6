package io.narthex.tsdb;

import io.narthex.storage.Querier;
import io.narthex.storage.StorageException;
import io.narthex.tsdb.block.Block;
import io.narthex.tsdb.block.BlockMeta;
import io.narthex.tsdb.block.BlockMetaFile;
import io.narthex.tsdb.block.Ulid;
import io.narthex.tsdb.head.ReadOnlyReplay;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * A database directory that is only looked at: nothing is locked, repaired, cut or deleted in it,
 * so that a server may run on it meanwhile. To be used by one thread.
 */
public final class ReadOnlyDb implements AutoCloseable {
  private final Path folder;
  private final Path sandboxRoot;

  /** What is open, the newest first: views before what they look at. */
  private final Deque<Runnable> closers = new ArrayDeque<>();

  /**
   * What there is in a range of time.
   *
   * @param querier open until the database is closed
   * @param oldest no sample is older, milliseconds
   * @param newest no sample is newer, milliseconds
   * @param damage what of the log is damaged and therefore left out, one line each
   */
  public record View(Querier querier, long oldest, long newest, List<String> damage) {
    public View {
      damage = List.copyOf(damage);
    }
  }

  private ReadOnlyDb(Path folder, Path sandboxRoot) {
    this.folder = folder;
    this.sandboxRoot = sandboxRoot;
  }

  /** Uses the folder for temporary files of the system as sandbox. */
  public static ReadOnlyDb open(Path folder) {
    return open(folder, Path.of(System.getProperty("java.io.tmpdir")));
  }

  /**
   * @param sandboxRoot where chunks go that become full while the log is loaded; they are deleted
   *     on closing
   * @throws StorageException where a folder does not exist
   */
  public static ReadOnlyDb open(Path folder, Path sandboxRoot) {
    requireFolder("opening the db dir", folder);
    requireFolder("setting up sandbox dir", sandboxRoot);
    return new ReadOnlyDb(folder, sandboxRoot);
  }

  private static void requireFolder(String purpose, Path folder) {
    if (!Files.exists(folder)) {
      throw new StorageException(purpose + ": stat " + folder + ": no such file or directory");
    }
    if (!Files.isDirectory(folder)) {
      throw new StorageException(purpose + ": " + folder + ": not a directory");
    }
  }

  /**
   * All blocks, by the time they start; open until this is closed.
   *
   * @throws StorageException where one is damaged and no other has replaced it
   */
  public List<Block> blocks() {
    List<Block> blocks = ReadOnlyBlocks.open(folder);
    blocks.forEach(block -> closers.push(block::close));
    return blocks;
  }

  /** The block that was written last; empty where there is none. */
  public Optional<Ulid> lastBlock() {
    return BlockFolders.list(folder).stream()
        .map(block -> Ulid.parse(block.getFileName().toString()).orElseThrow())
        .max(Comparator.comparingLong(Ulid::timeMillis));
  }

  /**
   * One block; open until this is closed.
   *
   * @throws StorageException where there is none of the name, or it is damaged
   */
  public Block block(String ulid) {
    if (ulid.isEmpty() || ulid.contains("/") || !Files.isDirectory(folder.resolve(ulid))) {
      throw new StorageException("invalid block ID " + ulid);
    }
    Block block = Block.open(folder.resolve(ulid));
    closers.push(block::close);
    return block;
  }

  /**
   * A view of blocks and log, both ends included; the log is loaded where the range goes beyond the
   * blocks.
   *
   * @throws StorageException where blocks are damaged, or there are neither blocks nor log
   */
  public View view(long mint, long maxt) {
    return view(mint, maxt, (_, _) -> {});
  }

  /**
   * @param watcher told how far the reading of the log is
   */
  public View view(long mint, long maxt, ReadOnlyReplay.Watcher watcher) {
    List<MergedQuerier.Part> parts = new ArrayList<>();
    long oldest = Long.MAX_VALUE;
    long newest = Long.MIN_VALUE;
    List<String> damage = List.of();
    long end = endOfBlocks();
    if (end <= maxt && hasLog(end)) {
      ReadOnlyHead head = ReadOnlyHead.load(folder, end, sandboxRoot, watcher);
      closers.push(head::close);
      parts.add(new MergedQuerier.Part(head.head().querier(mint, maxt), mint, maxt));
      damage = head.damage();
      oldest = head.head().minTime();
      newest = head.head().maxTime();
    }
    // Listed again after the log was read: what a server cut from it meanwhile is in blocks now.
    int at = 0;
    for (Block block : blocks()) {
      if (block.overlaps(mint, maxt)) {
        long from = Math.max(mint, block.meta().minTime());
        long to = Math.min(maxt, block.meta().maxTime() - 1);
        parts.add(at++, new MergedQuerier.Part(block.querier(from, to), from, to));
        oldest = Math.min(oldest, from);
        newest = Math.max(newest, to);
      }
    }
    MergedQuerier merged = new MergedQuerier(parts);
    closers.push(merged::close);
    return new View(merged, Math.max(mint, oldest), Math.min(maxt, newest), damage);
  }

  /** Of blocks alone, as backfilling makes them, there may be no log. */
  private boolean hasLog(long endOfBlocks) {
    if (ReadOnlyHead.hasLog(folder)) {
      return true;
    }
    if (endOfBlocks == Long.MIN_VALUE) {
      throw new StorageException(
          "read WAL: find last checkpoint: open "
              + folder.resolve("wal")
              + ": no such file or directory");
    }
    return false;
  }

  /** Where the block that starts last ends; {@code Long.MIN_VALUE} where there is none. */
  private long endOfBlocks() {
    long start = Long.MIN_VALUE;
    long end = Long.MIN_VALUE;
    for (Path block : BlockFolders.list(folder)) {
      try {
        BlockMeta meta = BlockMetaFile.read(block);
        // The others have only part of the samples of their time: the log has more.
        boolean whole = meta.compaction().hints().isEmpty();
        if (whole && (end == Long.MIN_VALUE || meta.minTime() >= start)) {
          start = meta.minTime();
          end = meta.maxTime();
        }
      } catch (StorageException e) {
        // Opening the blocks will tell, unless another has taken its place.
        continue;
      }
    }
    return end;
  }

  @Override
  public void close() {
    Optional<StorageException> failure = Optional.empty();
    while (!closers.isEmpty()) {
      try {
        closers.pop().run();
      } catch (StorageException e) {
        failure = Optional.of(e);
      }
    }
    if (failure.isPresent()) {
      throw failure.get();
    }
  }
}
