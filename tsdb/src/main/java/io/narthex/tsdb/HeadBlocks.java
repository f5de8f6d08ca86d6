package io.narthex.tsdb;

import io.narthex.model.labels.Labels;
import io.narthex.tsdb.block.BlockMeta;
import io.narthex.tsdb.block.BlockWriter;
import io.narthex.tsdb.block.Ulid;
import io.narthex.tsdb.chunk.ChunkDecoder;
import io.narthex.tsdb.chunk.ChunkEncoding;
import io.narthex.tsdb.compact.CompactionMetrics;
import io.narthex.tsdb.compact.Pacer;
import io.narthex.tsdb.head.Head;
import io.narthex.tsdb.head.HeadSlice;
import io.narthex.tsdb.head.OutOfOrderCut;
import io.narthex.tsdb.head.OutOfOrderSlice;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes blocks from the head. */
final class HeadBlocks {
  private static final Logger LOG = LoggerFactory.getLogger(HeadBlocks.class);

  private final long chunkSegmentBytes;
  private final Pacer pacer;
  private final CompactionMetrics metrics;
  private final SecureRandom random = new SecureRandom();

  /**
   * @param chunkSegmentBytes size of a chunk file of a block
   */
  HeadBlocks(long chunkSegmentBytes, Pacer pacer, CompactionMetrics metrics) {
    this.chunkSegmentBytes = chunkSegmentBytes;
    this.pacer = pacer;
    this.metrics = metrics;
  }

  /**
   * Writes the head's samples of a range as a block; {@code maxt} is excluded.
   *
   * @return empty where there are none
   */
  Optional<BlockMeta> write(Head head, Path folder, long mint, long maxt) {
    return write(folder, head.slice(mint, maxt - 1), mint, maxt, List.of());
  }

  /**
   * Writes a slice of the head as a block; {@code maxt} is excluded.
   *
   * @param hints say what of the head is in it
   * @return empty where there are no samples
   */
  Optional<BlockMeta> write(
      Path folder, HeadSlice slice, long mint, long maxt, List<String> hints) {
    long start = System.nanoTime();
    pacer.start();
    metrics.started();
    Ulid ulid = Ulid.generate(System.currentTimeMillis(), random);
    try (BlockWriter writer = BlockWriter.create(folder, ulid, chunkSegmentBytes, pacer)) {
      writer.symbols(slice.symbols());
      slice.visit(new Target(writer));
      Optional<BlockMeta> meta =
          writer.finish(mint, maxt, BlockMeta.Compaction.fromHead(ulid, hints));
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
    pacer.start();
    metrics.started();
    Ulid ulid = Ulid.generate(System.currentTimeMillis(), random);
    try (BlockWriter writer = BlockWriter.create(folder, ulid, chunkSegmentBytes, pacer)) {
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
