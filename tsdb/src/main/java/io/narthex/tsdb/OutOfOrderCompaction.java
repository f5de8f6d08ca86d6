package io.narthex.tsdb;

import io.narthex.storage.StorageException;
import io.narthex.tsdb.block.BlockMeta;
import io.narthex.tsdb.head.Head;
import io.narthex.tsdb.head.OutOfOrderCut;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the head's out-of-order samples to blocks, one for each block range that has some. They
 * may overlap other blocks, with which compaction merges them.
 *
 * <p>The head and its log forget the samples only after queries see all these blocks. A crash in
 * between leaves samples in both places, which does no harm.
 */
final class OutOfOrderCompaction {
  private static final Logger LOG = LoggerFactory.getLogger(OutOfOrderCompaction.class);

  private final DbOptions options;
  private final Head head;
  private final Blocks blocks;
  private final HeadBlocks headBlocks;
  private final Consumer<List<BlockMeta>> publish;

  /** What is in blocks already, while the head still has it. */
  private Optional<OutOfOrderCut> written = Optional.empty();

  /**
   * @param publish shows new blocks to queries, or deletes them and throws
   */
  OutOfOrderCompaction(
      DbOptions options,
      Head head,
      Blocks blocks,
      HeadBlocks headBlocks,
      Consumer<List<BlockMeta>> publish) {
    this.options = options;
    this.head = head;
    this.blocks = blocks;
    this.headBlocks = headBlocks;
    this.publish = publish;
  }

  /**
   * Brings all that is there now to blocks.
   *
   * @param patienceMillis how long to wait for queries that read it
   */
  void run(long patienceMillis) throws InterruptedException {
    if (!head.knowsOutOfOrder()) {
      return;
    }
    if (written.isEmpty()) {
      OutOfOrderCut cut = head.cutOutOfOrder();
      if (!cut.isEmpty()) {
        write(cut);
      }
      written = Optional.of(cut);
    }
    if (head.truncateOutOfOrder(written.get(), patienceMillis)) {
      written = Optional.empty();
    } else {
      LOG.warn("a query of out-of-order samples stays open: they are dropped from memory later");
    }
  }

  private void write(OutOfOrderCut cut) {
    long start = System.nanoTime();
    LOG.info("out-of-order compaction started");
    List<BlockMeta> metas = new ArrayList<>();
    try {
      write(cut, options.directory(), metas);
    } catch (StorageException e) {
      metas.forEach(meta -> blocks.deleteBroken(meta.ulid()));
      throw e;
    }
    publish.accept(metas);
    LOG.atInfo()
        .addKeyValue("duration", (System.nanoTime() - start) / 1_000_000 + "ms")
        .addKeyValue("ulids", metas.stream().map(BlockMeta::ulid).toList())
        .log("out-of-order compaction completed");
  }

  private void write(OutOfOrderCut cut, Path folder, List<BlockMeta> metas) {
    long range = options.minBlockMillis();
    for (long t = Math.floorDiv(cut.mint(), range) * range; t <= cut.maxt(); t += range) {
      headBlocks.writeOutOfOrder(head, folder, cut, t, t + range).ifPresent(metas::add);
    }
  }

  /** Writes all that is there now as blocks to a folder of its own; the head keeps it. */
  void copyTo(Path folder) {
    if (head.knowsOutOfOrder()) {
      OutOfOrderCut cut = head.cutOutOfOrder();
      if (!cut.isEmpty()) {
        write(cut, folder, new ArrayList<>());
      }
    }
  }
}
