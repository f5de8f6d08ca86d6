package io.narthex.tsdb;

import io.narthex.storage.StorageException;
import io.narthex.tsdb.block.Block;
import io.narthex.tsdb.block.BlockMeta;
import io.narthex.tsdb.compact.CompactionCancelledException;
import io.narthex.tsdb.compact.CompactionMetrics;
import io.narthex.tsdb.compact.CompactionOptions;
import io.narthex.tsdb.compact.LeveledCompactor;
import io.narthex.tsdb.compact.Pacer;
import io.narthex.tsdb.head.Head;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The work that keeps a database in shape: cutting blocks from the head, merging blocks, dropping
 * old ones. One round at a time; appends and queries go on.
 *
 * <p>Every step leaves a directory that can be opened: a block gets its name when it is complete,
 * the head forgets what the block has only after queries see the block, and a log that still has it
 * does no harm, because samples before the newest block's end are passed over.
 */
final class Maintenance {
  private static final Logger LOG = LoggerFactory.getLogger(Maintenance.class);

  /** How long one round waits for queries or appenders before it leaves the rest to the next. */
  private static final long PATIENCE_MILLIS = 120_000;

  private final DbOptions options;
  private final Head head;
  private final Blocks blocks;
  private final DbMetrics metrics;
  private final Pacer pacer;
  private final HeadBlocks headBlocks;
  private final OutOfOrderCompaction outOfOrder;
  private final LeveledCompactor compactor;
  private final CompactionDelay delay;
  private final StaleSeriesCompaction staleSeries;
  private final ReentrantLock lock = new ReentrantLock();

  /** End of the range that is in a block already, while the head still has it. */
  private long writtenUntil = Long.MIN_VALUE;

  private volatile RetentionLimits retention;
  private volatile boolean stopping;

  Maintenance(
      DbOptions options,
      Head head,
      Blocks blocks,
      DbMetrics metrics,
      CompactionMetrics compactionMetrics) {
    this.options = options;
    this.head = head;
    this.blocks = blocks;
    this.metrics = metrics;
    CompactionOptions compaction = options.compaction();
    this.pacer = new Pacer(compaction.share(), compaction.bytesPerSecond());
    this.headBlocks = new HeadBlocks(options.chunkSegmentBytes(), pacer, compactionMetrics);
    this.outOfOrder = new OutOfOrderCompaction(options, head, blocks, headBlocks, this::publish);
    this.compactor =
        new LeveledCompactor(
            options.directory(),
            LeveledCompactor.ranges(options.minBlockMillis(), options.maxBlockMillis()),
            compaction,
            options.chunkSegmentBytes(),
            () -> head.format().chunks().floats(),
            pacer,
            compactionMetrics);
    this.delay =
        new CompactionDelay(
            options.minBlockMillis(), compaction.maxDelayPercent(), new SecureRandom());
    this.staleSeries =
        new StaleSeriesCompaction(
            options, head, headBlocks, meta -> publish(List.of(meta)), metrics);
    this.retention = options.retention();
    retention(options.retention());
  }

  void retention(RetentionLimits limits) {
    retention = limits;
    metrics.retention(limits);
  }

  void staleSeriesThreshold(double share) {
    staleSeries.threshold(share);
  }

  /** Makes the running round end soon: a block that is being written is given up. */
  void stop() {
    stopping = true;
    pacer.cancel();
    head.stopWaiting();
  }

  ReentrantLock lock() {
    return lock;
  }

  HeadBlocks headBlocks() {
    return headBlocks;
  }

  OutOfOrderCompaction outOfOrder() {
    return outOfOrder;
  }

  LeveledCompactor compactor() {
    return compactor;
  }

  void reload() {
    lock.lock();
    try {
      blocks.reload(limits());
    } finally {
      lock.unlock();
    }
  }

  private Blocks.Limits limits() {
    RetentionLimits limits = retention;
    long headBytes = 0;
    if (limits.bytes() > 0 || limits.percentage() > 0) {
      headBytes = head.counts().chunkFilesBytes() + head.counts().logBytes();
    }
    return new Blocks.Limits(limits, headBytes);
  }

  /**
   * One round: all of the head that is due, then merging as long as there is something to merge.
   */
  void compact() throws InterruptedException {
    lock.lock();
    try {
      metrics.compactionsTriggered.inc();
      head.sweep();
      compactHead();
      compactBlocks();
    } catch (CompactionCancelledException e) {
      LOG.info(e.getMessage());
    } catch (RuntimeException | Error e) {
      metrics.compactionsFailed.inc();
      throw e;
    } finally {
      lock.unlock();
    }
  }

  /** Moves stale series to blocks where they are many and the head is not about to be cut. */
  void compactStaleSeries() throws InterruptedException {
    lock.lock();
    try {
      staleSeries.runIfDue();
    } finally {
      lock.unlock();
    }
  }

  private boolean headIsDue() {
    boolean due = head.compactable();
    return !delay.holdsBack(due, System.nanoTime()) && due;
  }

  /** The out-of-order part goes to blocks whenever a block was cut from the rest. */
  private void compactHead() throws InterruptedException {
    long start = System.nanoTime();
    Optional<Long> cut = Optional.empty();
    try {
      while (!stopping && headIsDue()) {
        long mint = head.minTime();
        long maxt = rangeEnd(mint, options.minBlockMillis());
        staleSeries.headCompactionStarted();
        if (!compactHeadRange(mint, maxt)) {
          break;
        }
        cut = Optional.of(maxt);
      }
      if (cut.isPresent()) {
        outOfOrder.run(PATIENCE_MILLIS);
      }
    } finally {
      if (cut.isPresent()) {
        head.truncateLog(cut.get());
      }
    }
    long millis = (System.nanoTime() - start) / 1_000_000;
    if (millis > options.minBlockMillis()) {
      LOG.atWarn()
          .addKeyValue("duration", millis + "ms")
          .addKeyValue("block_range", options.minBlockMillis() + "ms")
          .log("Head compaction took longer than a block's range: compaction is falling behind");
    }
  }

  private boolean compactHeadRange(long mint, long maxt) throws InterruptedException {
    if (!head.awaitAppenders(maxt, PATIENCE_MILLIS)) {
      LOG.atWarn()
          .addKeyValue("maxt", maxt)
          .log("an appender of this range stays open: head compaction is put off");
      return false;
    }
    if (writtenUntil != maxt) {
      Optional<BlockMeta> meta = headBlocks.write(head, options.directory(), mint, maxt);
      if (meta.isPresent()) {
        publish(List.of(meta.get()));
      }
      writtenUntil = maxt;
    }
    if (!head.truncate(maxt, PATIENCE_MILLIS)) {
      LOG.atWarn()
          .addKeyValue("maxt", maxt)
          .log("a query of this range stays open: the head is truncated later");
      return false;
    }
    return true;
  }

  /**
   * Shows new blocks to queries. What they were made from may go only when that has worked; else
   * the blocks go, so that trying again every round does not fill the disk.
   */
  private void publish(List<BlockMeta> metas) {
    blocks.reload(limits());
    for (BlockMeta meta : metas) {
      if (blocks.isBroken(meta.ulid())) {
        metas.forEach(each -> blocks.deleteBroken(each.ulid()));
        throw new StorageException(
            "new block " + meta.ulid() + " cannot be opened: it was removed");
      }
    }
  }

  private void compactBlocks() {
    while (!stopping) {
      if (headIsDue()) {
        LOG.warn("aborting block compactions to persist the head block");
        return;
      }
      List<Block> loaded = blocks.list();
      List<BlockMeta> plan = compactor.plan(loaded.stream().map(Block::meta).toList());
      if (plan.isEmpty()) {
        return;
      }
      List<Block> parents = new ArrayList<>();
      for (Block block : loaded) {
        if (plan.stream().anyMatch(meta -> meta.ulid().equals(block.meta().ulid()))) {
          parents.add(block);
        }
      }
      Optional<BlockMeta> merged = compactor.compact(parents);
      if (merged.isPresent()) {
        publish(List.of(merged.get()));
      } else {
        blocks.reload(limits());
      }
    }
  }

  /**
   * Rewrites every block that has deleted samples. Each is replaced before the next is begun, so
   * that what was cleaned stays so where a later one fails.
   */
  void cleanTombstones() {
    lock.lock();
    long start = System.nanoTime();
    try {
      for (Block block : blocks.list()) {
        if (block.meta().stats().tombstones() > 0) {
          clean(block);
        }
      }
    } finally {
      metrics.tombstoneCleanupSeconds.observeSince(start);
      lock.unlock();
    }
  }

  private void clean(Block block) {
    try {
      // The newest block says from when on the log has samples that are in no block: were it gone,
      // the next start would bring back from the log what was deleted.
      boolean newest = block.meta().maxTime() == blocks.inOrderMaxTime().orElse(Long.MIN_VALUE);
      Optional<BlockMeta> rewritten = compactor.rewrite(block, newest);
      if (rewritten.isPresent()) {
        publish(List.of(rewritten.get()));
      } else {
        block.markDeletable();
        blocks.reload(limits());
      }
    } catch (StorageException e) {
      throw new StorageException("clean tombstones: " + block.folder() + ": " + e.getMessage(), e);
    }
  }

  static long rangeEnd(long t, long width) {
    return t / width * width + width;
  }
}
