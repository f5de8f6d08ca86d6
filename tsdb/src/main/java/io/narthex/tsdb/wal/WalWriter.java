package io.narthex.tsdb.wal;

import io.narthex.storage.StorageException;
import io.narthex.tsdb.encoding.ByteWriter;
import java.nio.file.Path;

/**
 * Appends records to the newest segment of a log. Safe for several threads; records are compressed
 * in the caller's thread and written one after the other.
 *
 * <p>What {@link #log} took is safe from a crash of the process when {@link #flush} has returned,
 * and from one of the machine when its segment is finished ({@link #nextSegment}, {@link #close}).
 */
public final class WalWriter implements AutoCloseable {
  public static final int DEFAULT_SEGMENT_BYTES = 128 << 20;

  private WalWriter() {}

  /** Opens a log for appending in a new segment after those that exist. */
  public static WalWriter open(
      Path folder, int segmentBytes, WalCompression compression, WalMetrics metrics) {
    throw new UnsupportedOperationException();
  }

  public Path folder() {
    throw new UnsupportedOperationException();
  }

  /**
   * Adds one record; empty ones are left out.
   *
   * @throws StorageException where it cannot be written; the log then ends after the record before
   */
  public void log(ByteWriter record) {
    throw new UnsupportedOperationException();
  }

  /** Hands all records so far to the operating system. */
  public void flush() {
    throw new UnsupportedOperationException();
  }

  /** Ends the segment, syncs it to disk and starts the next, whose number is returned. */
  public int nextSegment() {
    throw new UnsupportedOperationException();
  }

  public int currentSegment() {
    throw new UnsupportedOperationException();
  }

  /** Deletes the segments numbered below. */
  public void truncate(int segment) {
    throw new UnsupportedOperationException();
  }

  public long sizeBytes() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
