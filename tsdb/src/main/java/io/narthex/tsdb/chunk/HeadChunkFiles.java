package io.narthex.tsdb.chunk;

import io.narthex.storage.SampleBuffer;
import io.narthex.tsdb.encoding.ByteWriter;
import io.narthex.tsdb.encoding.CorruptionException;
import java.nio.file.Path;

/**
 * The folder {@code chunks_head}: full chunks of the head, written once and read through memory
 * maps.
 *
 * <p>A chunk reference is file number << 32 | offset in the file. Appends take turns; reads may run
 * at any time from any thread, and see every chunk whose append has returned.
 */
public final class HeadChunkFiles implements AutoCloseable {
  /** Takes the chunks found at start, in the order they were written. */
  public interface ChunkVisitor {
    void chunk(
        long seriesRef,
        long chunkRef,
        long mint,
        long maxt,
        int sampleCount,
        ChunkEncoding encoding,
        boolean outOfOrder);
  }

  private HeadChunkFiles() {}

  /**
   * Opens the folder, creating it where needed, and removes an empty last file that a crash left.
   */
  public static HeadChunkFiles open(Path folder) {
    throw new UnsupportedOperationException();
  }

  /**
   * Visits every chunk after checking its checksum. Must be called once before the first append.
   *
   * @throws CorruptionException at the first damaged chunk; {@link #deleteFrom} then makes the
   *     folder usable
   */
  public void visit(ChunkVisitor visitor) {
    throw new UnsupportedOperationException();
  }

  /** Deletes the damaged file and all later ones: their samples are in the log as well. */
  public void deleteFrom(CorruptionException damage) {
    throw new UnsupportedOperationException();
  }

  /** Writes one chunk (complete chunk data with its header) and returns its reference. */
  public long append(
      long seriesRef,
      long mint,
      long maxt,
      ChunkEncoding encoding,
      boolean outOfOrder,
      byte[] data,
      int offset,
      int length) {
    throw new UnsupportedOperationException();
  }

  /** Adds a chunk's samples with {@code mint <= t <= maxt} to the buffer. */
  public void decode(long chunkRef, long mint, long maxt, SampleBuffer into) {
    throw new UnsupportedOperationException();
  }

  /** Replaces the writer's content by the chunk's data, and returns its encoding. */
  public ChunkEncoding copy(long chunkRef, ByteWriter into) {
    throw new UnsupportedOperationException();
  }

  /** Deletes the files numbered below, as far as they are not being written to. */
  public void truncate(int fileNumber) {
    throw new UnsupportedOperationException();
  }

  /** Lets the next append start a new file. */
  public void cutNewFile() {
    throw new UnsupportedOperationException();
  }

  /** The file number of a reference. */
  public static int fileNumber(long chunkRef) {
    return (int) (chunkRef >>> 32);
  }

  public long sizeBytes() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
