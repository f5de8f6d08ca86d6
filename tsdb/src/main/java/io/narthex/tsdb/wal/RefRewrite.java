package io.narthex.tsdb.wal;

import io.narthex.tsdb.encoding.Folders;
import java.nio.file.Path;
import java.util.function.LongUnaryOperator;

/**
 * Writes segments anew so that a series has one reference in the log. With a second one Prometheus
 * takes the series for one that was forgotten and came again, and drops its samples before.
 *
 * <p>A segment is replaced as a whole, so a crash leaves the one or the other, and either is read
 * alike by this program.
 */
public final class RefRewrite {
  private static final String TEMPORARY = "narthex-rewrite.tmp";

  /** A rewritten segment stays one, even if it grows a little. */
  private static final int SEGMENT_BYTES = 1 << 30;

  private RefRewrite() {}

  /**
   * Rewrites a segment that nobody is writing to; one where nothing changes stays as it is.
   *
   * @param canonical gives the one reference for any; series under another are left out
   * @throws io.narthex.storage.StorageException where it is damaged or cannot be written; it has
   *     not changed then
   */
  public static void segment(Path folder, int segment, LongUnaryOperator canonical) {
    Path temporary = folder.resolve(TEMPORARY);
    Folders.delete(temporary);
    try {
      if (copy(folder, segment, temporary, canonical)) {
        Folders.rename(WalSegments.file(temporary, 0), WalSegments.file(folder, segment));
      }
    } finally {
      Folders.delete(temporary);
    }
  }

  /** Whether the copy differs. */
  private static boolean copy(
      Path folder, int segment, Path temporary, LongUnaryOperator canonical) {
    try (WalReader reader = WalReader.open(folder, segment, segment);
        WalWriter out =
            WalWriter.open(
                temporary, SEGMENT_BYTES, WalCompression.SNAPPY, WalMetrics.unregistered())) {
      CheckpointFilter filter =
          new CheckpointFilter(out, _ -> true, Long.MIN_VALUE, Long.MIN_VALUE, canonical, true);
      while (reader.next()) {
        filter.record(reader);
      }
      filter.finish();
      return filter.hasTranslated();
    }
  }
}
