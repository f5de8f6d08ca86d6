package io.narthex.tsdb.wal;

import java.nio.file.Path;

/**
 * Reads the records of a range of segments in order.
 *
 * <p>Use: {@code while (reader.next()) use(reader.record(), reader.offset(), reader.length())}.
 */
public final class WalReader implements AutoCloseable {
  private WalReader() {}

  /** The segments {@code first} to {@code last}, both included, of a log or a checkpoint. */
  public static WalReader open(Path folder, int first, int last) {
    throw new UnsupportedOperationException();
  }

  /** All segments of a log or a checkpoint. */
  public static WalReader openAll(Path folder) {
    throw new UnsupportedOperationException();
  }

  /**
   * Goes to the next record.
   *
   * @return false after the last
   * @throws WalCorruptionException where a record is torn or damaged
   */
  public boolean next() {
    throw new UnsupportedOperationException();
  }

  /** The array with the current record; valid until {@link #next}. */
  public byte[] record() {
    throw new UnsupportedOperationException();
  }

  /** Where in {@link #record} it starts. */
  public int offset() {
    throw new UnsupportedOperationException();
  }

  public int length() {
    throw new UnsupportedOperationException();
  }

  /** The number of the segment that the current record is in. */
  public int segment() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
