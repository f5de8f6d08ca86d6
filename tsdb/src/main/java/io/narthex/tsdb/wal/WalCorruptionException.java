package io.narthex.tsdb.wal;

import io.narthex.tsdb.encoding.CorruptionException;
import java.nio.file.Path;

/** A record of the log is torn or damaged. {@link WalRepair} cuts the log there. */
public final class WalCorruptionException extends CorruptionException {
  private final int segment;

  public WalCorruptionException(Path file, int segment, long offset, String problem) {
    super(file, offset, problem);
    this.segment = segment;
  }

  /** The segment's number. */
  public int segment() {
    return segment;
  }
}
