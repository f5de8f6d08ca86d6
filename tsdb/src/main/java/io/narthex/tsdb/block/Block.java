package io.narthex.tsdb.block;

import io.narthex.model.labels.Matcher;
import io.narthex.storage.Querier;
import io.narthex.storage.StorageException;
import io.narthex.tsdb.chunk.ChunkSegments;
import io.narthex.tsdb.encoding.Folders;
import io.narthex.tsdb.encoding.MappedFile;
import io.narthex.tsdb.index.ChunkMetas;
import io.narthex.tsdb.index.IndexReader;
import io.narthex.tsdb.index.PostingsSelector;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * An open block. Its files stay mapped until {@link #close} was called and every querier is closed;
 * so a block's folder may be deleted while queries still read from it. Thread-safe.
 */
public final class Block implements AutoCloseable {
  private final Path folder;
  private final IndexReader index;
  private final ChunkSegments chunks;
  private final long sizeBytes;
  private volatile BlockMeta meta;
  private volatile Tombstones tombstones;

  /** The owner and all queriers; no one can join once it is 0. */
  private final AtomicInteger holders = new AtomicInteger(1);

  private Block(Path folder, IndexReader index, ChunkSegments chunks) {
    this.folder = folder;
    this.index = index;
    this.chunks = chunks;
    this.meta = BlockMetaFile.read(folder);
    this.tombstones = Tombstones.read(folder);
    check();
    this.sizeBytes = Folders.sizeBytes(folder);
  }

  /**
   * @throws StorageException where a file is missing, damaged or of an unknown version
   */
  public static Block open(Path folder) {
    try {
      return map(folder);
    } catch (InternalError e) {
      throw MappedFile.vanished(folder, e);
    }
  }

  private static Block map(Path folder) {
    IndexReader index = IndexReader.open(folder.resolve(BlockWriter.INDEX));
    try {
      ChunkSegments chunks = ChunkSegments.open(folder.resolve(BlockWriter.CHUNKS));
      try {
        return new Block(folder, index, chunks);
      } catch (RuntimeException e) {
        chunks.close();
        throw e;
      }
    } catch (RuntimeException e) {
      index.close();
      throw e;
    }
  }

  /** What no checksum tells. */
  private void check() {
    Path file = folder.resolve(BlockMetaFile.NAME);
    Optional<Ulid> name = Ulid.parse(folder.getFileName().toString());
    if (name.isPresent() && !name.get().equals(meta.ulid())) {
      throw new StorageException(file + ": of another block: ulid is " + meta.ulid());
    }
    if (meta.minTime() > meta.maxTime()) {
      throw new StorageException(
          file + ": minTime " + meta.minTime() + " is after maxTime " + meta.maxTime());
    }
    if (meta.stats().tombstones() > 0 && tombstones.isEmpty()) {
      throw new StorageException(
          folder.resolve(Tombstones.NAME)
              + ": "
              + meta.stats().tombstones()
              + " deleted ranges expected, none found: restore the file or take numTombstones out"
              + " of meta.json");
    }
  }

  public Path folder() {
    return folder;
  }

  public BlockMeta meta() {
    return meta;
  }

  /** Whether the half-open range of the block meets a range with both ends included. */
  public boolean overlaps(long mint, long maxt) {
    return meta.minTime() <= maxt && mint < meta.maxTime();
  }

  /** All files, in bytes, as they were when the block was opened. */
  public long sizeBytes() {
    return sizeBytes;
  }

  /** Memory that the symbol table takes, in bytes. */
  public long symbolTableBytes() {
    return index.symbolTableBytes();
  }

  /** A view of the range, both ends included; holds the block open until it is closed. */
  public Querier querier(long mint, long maxt) {
    return querier(
        mint,
        maxt,
        damage -> {
          throw damage;
        });
  }

  /**
   * A view that may go on where something is damaged.
   *
   * @param damage told of each series, chunk or index that cannot be read; where it returns, that
   *     is left out of the answer
   */
  public Querier querier(long mint, long maxt, Consumer<StorageException> damage) {
    return new BlockQuerier(open(), mint, maxt, damage);
  }

  /** The block's content for reading; to be closed. */
  public BlockContent open() {
    while (true) {
      int now = holders.get();
      if (now == 0) {
        throw new StorageException("block " + meta.ulid() + " is closed");
      }
      if (holders.compareAndSet(now, now + 1)) {
        return new BlockContent(folder, index, chunks, tombstones, this::release);
      }
    }
  }

  private void release() {
    if (holders.decrementAndGet() == 0) {
      index.close();
      chunks.close();
    }
  }

  /**
   * Marks samples as deleted, both ends included, in the tombstones file. Queriers that are open do
   * not see it.
   */
  public synchronized void delete(long mint, long maxt, List<Matcher> matchers) {
    Map<Integer, Intervals.Interval> added = new TreeMap<>();
    try (BlockContent content = open()) {
      ChunkMetas metas = new ChunkMetas();
      byte[] scratch = new byte[BlockContent.ENTRY_BYTES];
      for (int series : PostingsSelector.select(content.index(), matchers)) {
        content.index().chunks(series, metas, scratch);
        if (touches(metas, mint, maxt)) {
          // Not beyond what is there: a range of all time would be stored as such.
          long from = Math.max(mint, metas.mint(0));
          long to = Math.min(maxt, metas.maxt(metas.size() - 1));
          added.put(series, new Intervals.Interval(from, to));
        }
      }
    }
    if (added.isEmpty()) {
      return;
    }
    Tombstones updated = tombstones.with(added);
    updated.write(folder);
    tombstones = updated;
    BlockMeta.Stats old = meta.stats();
    BlockMeta.Stats stats =
        new BlockMeta.Stats(
            old.samples(),
            old.floatSamples(),
            old.histogramSamples(),
            old.series(),
            old.chunks(),
            updated.count());
    update(new BlockMeta(meta.ulid(), meta.minTime(), meta.maxTime(), stats, meta.compaction(), 1));
  }

  private static boolean touches(ChunkMetas metas, long mint, long maxt) {
    for (int i = 0; i < metas.size(); i++) {
      if (metas.mint(i) <= maxt && mint <= metas.maxt(i)) {
        return true;
      }
    }
    return false;
  }

  /** Notes that compacting the block failed, so that it is left alone from now on. */
  public synchronized void markCompactionFailed() {
    BlockMeta.Compaction c = meta.compaction();
    update(
        new BlockMeta(
            meta.ulid(),
            meta.minTime(),
            meta.maxTime(),
            meta.stats(),
            new BlockMeta.Compaction(
                c.level(), c.sources(), c.deletable(), c.parents(), true, c.hints()),
            meta.version()));
  }

  /** Notes that nothing is left in the block. */
  public synchronized void markDeletable() {
    BlockMeta.Compaction c = meta.compaction();
    update(
        new BlockMeta(
            meta.ulid(),
            meta.minTime(),
            meta.maxTime(),
            meta.stats(),
            new BlockMeta.Compaction(
                c.level(), c.sources(), true, c.parents(), c.failed(), c.hints()),
            meta.version()));
  }

  private void update(BlockMeta newMeta) {
    BlockMetaFile.write(folder, newMeta);
    meta = newMeta;
  }

  /** The files are unmapped now or when the last querier is closed. To be called once. */
  @Override
  public void close() {
    release();
  }

  @Override
  public String toString() {
    return meta.ulid().toString();
  }
}
