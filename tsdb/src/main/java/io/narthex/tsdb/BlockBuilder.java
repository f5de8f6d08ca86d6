package io.narthex.tsdb;

import io.narthex.client.MetricRegistry;
import io.narthex.storage.Appender;
import io.narthex.tsdb.block.BlockMeta;
import io.narthex.tsdb.chunk.ChunkSegmentWriter;
import io.narthex.tsdb.chunk.HeadChunkFiles;
import io.narthex.tsdb.compact.CompactionMetrics;
import io.narthex.tsdb.compact.Pacer;
import io.narthex.tsdb.encoding.Folders;
import io.narthex.tsdb.head.Head;
import io.narthex.tsdb.head.HeadMetrics;
import io.narthex.tsdb.head.HeadOptions;
import io.narthex.tsdb.head.SampleFormat;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/**
 * Makes a block of samples from elsewhere: a head without a log that is written as one block.
 *
 * <p>Samples come through appenders, one open at a time, and are judged as the head judges them:
 * each series in the order of time, no sample older than half the chunk range before the newest. So
 * a builder for a range of time gets twice that as chunk range. Memory is for the labels of the
 * series and for their open chunks; full chunks go to a folder of their own, which is deleted at
 * the end. The caller sees to it that blocks do not overlap others.
 */
public final class BlockBuilder implements AutoCloseable {
  private static final int SAMPLES_PER_CHUNK = 120;

  private final Path database;
  private final Path sandbox;
  private final Head head;

  private BlockBuilder(Path database, Path sandbox, Head head) {
    this.database = database;
    this.sandbox = sandbox;
    this.head = head;
  }

  /**
   * @param database where the block is made
   * @param sandboxRoot where the folder for full chunks is made
   * @param chunkRangeMillis no chunk crosses its multiples
   */
  public static BlockBuilder create(Path database, Path sandboxRoot, long chunkRangeMillis) {
    Path sandbox = sandboxRoot.resolve("narthex-build-" + UUID.randomUUID());
    HeadChunkFiles files = HeadChunkFiles.open(sandbox);
    HeadOptions options =
        new HeadOptions(chunkRangeMillis, SAMPLES_PER_CHUNK, SampleFormat.PLAIN, false);
    Head head = new Head(options, files, new HeadMetrics(new MetricRegistry()));
    return new BlockBuilder(database, sandbox, head);
  }

  public Appender appender() {
    return head.appender();
  }

  /**
   * Writes what was committed as a block, from its oldest sample to its newest. Nothing may be
   * appended after that.
   *
   * @return empty where there are no samples; then there is no block
   * @throws io.narthex.storage.StorageException where it cannot be written; nothing is left of it
   */
  public Optional<BlockMeta> finish() {
    if (head.isEmpty()) {
      return Optional.empty();
    }
    HeadBlocks blocks =
        new HeadBlocks(
            ChunkSegmentWriter.MAX_SEGMENT_BYTES,
            Pacer.unlimited(),
            new CompactionMetrics(new MetricRegistry()));
    return blocks.write(head, database, head.minTime(), head.maxTime() + 1);
  }

  @Override
  public void close() {
    try {
      head.close();
    } finally {
      Folders.delete(sandbox);
    }
  }
}
