package io.narthex.tsdb.compact;

import io.narthex.storage.StorageException;
import io.narthex.tsdb.block.Block;
import io.narthex.tsdb.block.BlockMeta;
import io.narthex.tsdb.block.BlockWriter;
import io.narthex.tsdb.block.Ulid;
import io.narthex.tsdb.chunk.ChunkEncoding;
import io.narthex.tsdb.encoding.DecodeException;
import io.narthex.tsdb.encoding.MappedFile;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides which blocks to merge, and merges them. One thread at a time. */
public final class LeveledCompactor {
  private static final Logger LOG = LoggerFactory.getLogger(LeveledCompactor.class);
  private static final int FACTOR = 3;

  private final Path databaseFolder;
  private final CompactionPlan plan;
  private final long chunkSegmentBytes;
  private final Supplier<ChunkEncoding> floats;
  private final Pacer pacer;
  private final CompactionMetrics metrics;
  private final SecureRandom random = new SecureRandom();

  /**
   * @param rangesMillis lengths of blocks by level, ascending; the first is that of the head
   * @param chunkSegmentBytes size of a chunk file of a block
   * @param floats how floats without start times are encoded where chunks are merged
   */
  public LeveledCompactor(
      Path databaseFolder,
      List<Long> rangesMillis,
      CompactionOptions options,
      long chunkSegmentBytes,
      Supplier<ChunkEncoding> floats,
      Pacer pacer,
      CompactionMetrics metrics) {
    this.databaseFolder = databaseFolder;
    this.plan =
        new CompactionPlan(
            List.copyOf(rangesMillis), options.mergesOverlapping(), options.mustWait());
    this.chunkSegmentBytes = chunkSegmentBytes;
    this.floats = floats;
    this.pacer = pacer;
    this.metrics = metrics;
  }

  /** The ranges {@code first}, 3·{@code first}, … up to {@code largest}, milliseconds. */
  public static List<Long> ranges(long firstMillis, long largestMillis) {
    List<Long> ranges = new ArrayList<>();
    long range = firstMillis;
    do {
      ranges.add(range);
      range *= FACTOR;
    } while (range <= largestMillis);
    return ranges;
  }

  /** The blocks to merge next, out of all that exist; empty where there is nothing to do. */
  public List<BlockMeta> plan(List<BlockMeta> blocks) {
    return plan.next(blocks);
  }

  /**
   * Writes one block with the samples of all parents that are not deleted.
   *
   * <p>Where no sample is left, the parents are marked as deletable. Where one is damaged, all are
   * marked so that they are not tried again.
   *
   * @return empty where no sample is left: the parents can go without a replacement
   */
  public Optional<BlockMeta> compact(List<Block> parents) {
    long start = System.nanoTime();
    Ulid ulid = Ulid.generate(System.currentTimeMillis(), random);
    List<BlockMeta> metas = parents.stream().map(Block::meta).toList();
    try {
      Optional<BlockMeta> merged =
          write(ulid, parents, mint(metas), maxt(metas), merged(metas), false);
      if (merged.isEmpty()) {
        parents.forEach(Block::markDeletable);
      }
      LOG.info(
          "compact blocks count={} mint={} maxt={} ulid={} sources={} duration_ms={}",
          parents.size(),
          mint(metas),
          maxt(metas),
          merged.isPresent() ? ulid.toString() : "none",
          parents,
          (System.nanoTime() - start) / 1_000_000);
      return merged;
    } catch (DecodeException e) {
      parents.forEach(Block::markCompactionFailed);
      throw new StorageException("compact " + parents + ": " + e.getMessage(), e);
    } catch (InternalError e) {
      parents.forEach(Block::markCompactionFailed);
      throw MappedFile.vanished(databaseFolder, e);
    }
  }

  /**
   * Writes a block anew without its deleted samples.
   *
   * @param keepEmpty whether a block without samples is written where none is left
   * @return empty where there is no block any more
   */
  public Optional<BlockMeta> rewrite(Block block, boolean keepEmpty) {
    Ulid ulid = Ulid.generate(System.currentTimeMillis(), random);
    BlockMeta meta = block.meta();
    BlockMeta.Compaction compaction =
        new BlockMeta.Compaction(
            1,
            List.of(ulid),
            false,
            List.of(new BlockMeta.Parent(meta.ulid(), meta.minTime(), meta.maxTime())),
            false,
            meta.compaction().hints());
    return write(ulid, List.of(block), meta.minTime(), meta.maxTime(), compaction, keepEmpty);
  }

  private Optional<BlockMeta> write(
      Ulid ulid,
      List<Block> parents,
      long mint,
      long maxt,
      BlockMeta.Compaction compaction,
      boolean keepEmpty) {
    long start = System.nanoTime();
    pacer.start();
    metrics.started();
    if (overlap(parents)) {
      metrics.vertical.inc();
    }
    try (BlockMerger merger = new BlockMerger(parents, mint, maxt - 1);
        BlockWriter writer = BlockWriter.create(databaseFolder, ulid, chunkSegmentBytes, pacer)) {
      if (keepEmpty) {
        writer.keepEmpty();
      }
      merger.mergeInto(writer, floats);
      return writer.finish(mint, maxt, compaction);
    } finally {
      metrics.finished(start);
    }
  }

  private static boolean overlap(List<Block> parents) {
    long maxt = Long.MIN_VALUE;
    for (Block parent : parents) {
      if (parent.meta().minTime() < maxt) {
        return true;
      }
      maxt = Math.max(maxt, parent.meta().maxTime());
    }
    return false;
  }

  private static long mint(List<BlockMeta> metas) {
    return metas.stream().mapToLong(BlockMeta::minTime).min().orElseThrow();
  }

  private static long maxt(List<BlockMeta> metas) {
    return metas.stream().mapToLong(BlockMeta::maxTime).max().orElseThrow();
  }

  /** What the merged block says of where it comes from. */
  private static BlockMeta.Compaction merged(List<BlockMeta> metas) {
    int level = 0;
    TreeSet<Ulid> sources = new TreeSet<>();
    List<BlockMeta.Parent> parents = new ArrayList<>();
    TreeSet<String> hints = new TreeSet<>();
    boolean allOutOfOrder = true;
    for (BlockMeta meta : metas) {
      level = Math.max(level, meta.compaction().level());
      sources.addAll(meta.compaction().sources());
      parents.add(new BlockMeta.Parent(meta.ulid(), meta.minTime(), meta.maxTime()));
      hints.addAll(meta.compaction().hints());
      allOutOfOrder &= meta.compaction().hints().contains(BlockMeta.Compaction.FROM_OUT_OF_ORDER);
    }
    if (!allOutOfOrder) {
      hints.remove(BlockMeta.Compaction.FROM_OUT_OF_ORDER);
    }
    return new BlockMeta.Compaction(
        level + 1, List.copyOf(sources), false, parents, false, List.copyOf(hints));
  }
}
