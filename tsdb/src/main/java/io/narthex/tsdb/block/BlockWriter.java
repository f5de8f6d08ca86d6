package io.narthex.tsdb.block;

import io.narthex.model.labels.Labels;
import io.narthex.tsdb.chunk.ChunkEncoding;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;

/**
 * Writes one block beside the others: into {@code <ULID>.tmp-for-creation}, which gets its final
 * name when all is on disk.
 *
 * <p>Use: {@link #symbols} once, then for each series in the order of labels {@link #series} and
 * its chunks in the order of time, then {@link #finish}. Closing without finishing removes what was
 * written.
 */
public final class BlockWriter implements AutoCloseable {
  private BlockWriter() {}

  public static BlockWriter create(Path databaseFolder, Ulid ulid) {
    throw new UnsupportedOperationException();
  }

  /**
   * Names and values of all labels to come, sorted by UTF-8 bytes, unique; strings that no series
   * uses do no harm.
   */
  public void symbols(Iterator<String> sorted) {
    throw new UnsupportedOperationException();
  }

  /** Starts the next series; one without chunks is left out. */
  public void series(Labels labels) {
    throw new UnsupportedOperationException();
  }

  /** Adds a chunk (complete data with its header) to the series. */
  public void chunk(
      long mint, long maxt, ChunkEncoding encoding, byte[] data, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  /**
   * Completes the block.
   *
   * @return empty where it has no samples; then nothing is left on disk
   */
  public Optional<BlockMeta> finish(long mint, long maxt, BlockMeta.Compaction compaction) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
