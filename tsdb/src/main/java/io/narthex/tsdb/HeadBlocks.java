package io.narthex.tsdb;

import io.narthex.model.labels.Labels;
import io.narthex.tsdb.block.BlockMeta;
import io.narthex.tsdb.block.BlockWriter;
import io.narthex.tsdb.block.Ulid;
import io.narthex.tsdb.chunk.ChunkDecoder;
import io.narthex.tsdb.chunk.ChunkEncoding;
import io.narthex.tsdb.compact.CompactionMetrics;
import io.narthex.tsdb.head.Head;
import io.narthex.tsdb.head.HeadSlice;
import io.narthex.tsdb.head.OutOfOrderCut;
import io.narthex.tsdb.head.OutOfOrderSlice;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes blocks from the head. */
final class HeadBlocks {
  private static final Logger LOG = LoggerFactory.getLogger(HeadBlocks.class);

  private final CompactionMetrics metrics;
  private final SecureRandom random = new SecureRandom();

  HeadBlocks(CompactionMetrics metrics) {
    this.metrics = metrics;
  }

  /**
   * Writes the head's samples of a range as a block; {@code maxt} is excluded.
   *
   * @return empty where there are none
   */
  Optional<BlockMeta> write(Head head, Path folder, long mint, long maxt) {
    long start = System.nanoTime();
    metrics.started();
    Ulid ulid = Ulid.generate(System.currentTimeMillis(), random);
    try (BlockWriter writer = BlockWriter.create(folder, ulid)) {
      HeadSlice slice = head.slice(mint, maxt - 1);
      writer.symbols(slice.symbols());
      slice.visit(new Target(writer));
      Optional<BlockMeta> meta = writer.finish(mint, maxt, BlockMeta.Compaction.fromHead(ulid));
      LOG.atInfo()
          .addKeyValue("mint", mint)
          .addKeyValue("maxt", maxt)
          .addKeyValue("ulid", meta.isPresent() ? ulid : "none")
          .addKeyValue("duration", (System.nanoTime() - start) / 1_000_000 + "ms")
          .log("write block completed");
      return meta;
    } finally {
      metrics.finished(start);
    }
  }

  /**
   * Writes the out-of-order samples of a cut and a range as a block; {@code maxt} is excluded.
   *
   * @return empty where there are none
   */
  Optional<BlockMeta> writeOutOfOrder(
      Head head, Path folder, OutOfOrderCut cut, long mint, long maxt) {
    OutOfOrderSlice slice = head.outOfOrderSlice(cut, mint, maxt - 1);
    if (slice.isEmpty()) {
      return Optional.empty();
    }
    long start = System.nanoTime();
    metrics.started();
    Ulid ulid = Ulid.generate(System.currentTimeMillis(), random);
    try (BlockWriter writer = BlockWriter.create(folder, ulid)) {
      writer.symbols(slice.symbols());
      slice.visit(new Target(writer));
      Optional<BlockMeta> meta =
          writer.finish(mint, maxt, BlockMeta.Compaction.fromOutOfOrder(ulid));
      LOG.atInfo()
          .addKeyValue("mint", mint)
          .addKeyValue("maxt", maxt)
          .addKeyValue("ulid", meta.isPresent() ? ulid : "none")
          .addKeyValue("duration", (System.nanoTime() - start) / 1_000_000 + "ms")
          .addKeyValue("ooo", true)
          .log("write block completed");
      return meta;
    } finally {
      metrics.finished(start);
    }
  }

  private final class Target implements HeadSlice.Visitor {
    private final BlockWriter writer;

    Target(BlockWriter writer) {
      this.writer = writer;
    }

    @Override
    public void series(Labels labels) {
      writer.series(labels);
    }

    @Override
    public void chunk(
        long mint, long maxt, ChunkEncoding encoding, byte[] data, int offset, int length) {
      writer.chunk(mint, maxt, encoding, data, offset, length);
      metrics.firstChunk(length, ChunkDecoder.count(encoding, data, offset), maxt - mint);
    }
  }
}
