package io.narthex.tsdb.block;

import io.narthex.model.labels.Matcher;
import io.narthex.storage.Querier;
import io.narthex.storage.StorageException;
import java.nio.file.Path;
import java.util.List;

/**
 * An open block. Its files stay mapped until {@link #close} was called and every querier is closed.
 */
public final class Block implements AutoCloseable {
  private Block() {}

  /**
   * @throws StorageException where a file is missing, damaged or of an unknown version
   */
  public static Block open(Path folder) {
    throw new UnsupportedOperationException();
  }

  public Path folder() {
    throw new UnsupportedOperationException();
  }

  public BlockMeta meta() {
    throw new UnsupportedOperationException();
  }

  /** All files, in bytes. */
  public long sizeBytes() {
    throw new UnsupportedOperationException();
  }

  /** A view of the range, both ends included; holds the block open. */
  public Querier querier(long mint, long maxt) {
    throw new UnsupportedOperationException();
  }

  /** Marks samples as deleted, both ends included, in the tombstones file. */
  public void delete(long mint, long maxt, List<Matcher> matchers) {
    throw new UnsupportedOperationException();
  }

  /** Waits for nothing: the files are unmapped when the last querier is closed. */
  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
