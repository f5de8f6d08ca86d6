package io.narthex.tsdb;

import io.narthex.storage.Querier;
import io.narthex.storage.StorageException;
import io.narthex.tsdb.block.Block;
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
import java.util.function.Consumer;

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
   */
  public record View(Querier querier, long oldest, long newest) {}

  /**
   * What cannot be read and is left out.
   *
   * @param text what it is, where it is and what can be done, on one line
   */
  public record Damage(Kind kind, String text) {
    /** What is missing. */
    public enum Kind {
      /** A folder that does not say what block it is, as one that was never finished. */
      BLOCK_WITHOUT_META,
      BLOCK,
      /** Some series or chunks of a block. */
      PART_OF_BLOCK,
      LOG
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
   * All blocks that can be read, by the time they start; open until this is closed.
   *
   * @param damage told of each that cannot be read and that no other has replaced
   */
  public List<Block> blocks(Consumer<Damage> damage) {
    List<Block> blocks = ReadOnlyBlocks.open(folder, damage);
    blocks.forEach(block -> closers.push(block::close));
    return blocks;
  }

  /** The blocks there seem to be, the one that was written last first. */
  public List<Ulid> newestFirst() {
    return BlockFolders.list(folder).stream()
        .map(block -> Ulid.parse(block.getFileName().toString()).orElseThrow())
        .sorted(Comparator.comparingLong(Ulid::timeMillis).reversed())
        .toList();
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
   * @param watcher told how far the reading of the log is
   * @param damage told of what cannot be read, here and while the view is read from
   * @throws StorageException where there are neither blocks nor log
   */
  public View view(long mint, long maxt, ReadOnlyReplay.Watcher watcher, Consumer<Damage> damage) {
    List<MergedQuerier.Part> parts = new ArrayList<>();
    long oldest = Long.MAX_VALUE;
    long newest = Long.MIN_VALUE;
    long end = endOfBlocks();
    if (end <= maxt && hasLog(end)) {
      ReadOnlyHead head = ReadOnlyHead.load(folder, end, sandboxRoot, watcher);
      closers.push(head::close);
      parts.add(new MergedQuerier.Part(head.head().querier(mint, maxt), mint, maxt));
      head.damage().forEach(text -> damage.accept(logDamage(text)));
      oldest = head.head().minTime();
      newest = head.head().maxTime();
    }
    // Listed again after the log was read: what a server cut from it meanwhile is in blocks now.
    int at = 0;
    for (Block block : blocks(damage)) {
      if (block.overlaps(mint, maxt)) {
        long from = Math.max(mint, block.meta().minTime());
        long to = Math.min(maxt, block.meta().maxTime() - 1);
        parts.add(at++, new MergedQuerier.Part(tolerant(block, from, to, damage), from, to));
        oldest = Math.min(oldest, from);
        newest = Math.max(newest, to);
      }
    }
    MergedQuerier merged = new MergedQuerier(parts);
    closers.push(merged::close);
    return new View(merged, Math.max(mint, oldest), Math.min(maxt, newest));
  }

  private static Damage logDamage(String text) {
    return new Damage(Damage.Kind.LOG, text + "; samples behind it are left out");
  }

  private static Querier tolerant(Block block, long from, long to, Consumer<Damage> damage) {
    return block.querier(
        from,
        to,
        e ->
            damage.accept(
                new Damage(
                    Damage.Kind.PART_OF_BLOCK,
                    e.getMessage() + "; what is there is left out, restore the block")));
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

  /**
   * Where the block that starts last ends; {@code Long.MIN_VALUE} where there is none. Of blocks
   * that cannot be read the log may still have the samples.
   */
  private long endOfBlocks() {
    long end = Long.MIN_VALUE;
    for (Block block : ReadOnlyBlocks.open(folder, _ -> {})) {
      // The others have only part of the samples of their time: the log has more.
      if (block.meta().compaction().hints().isEmpty()) {
        end = block.meta().maxTime();
      }
      block.close();
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
