package io.narthex.tsdb.wal;

import io.narthex.storage.StorageException;
import io.narthex.tsdb.encoding.FileErrors;
import io.narthex.tsdb.encoding.Folders;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a damaged log readable again by ending the segment where its damage starts. */
public final class WalRepair {
  private static final Logger LOG = LoggerFactory.getLogger(WalRepair.class);

  private WalRepair() {}

  /**
   * Cuts the damaged segment off before the damaged record. Later segments stay: a record there
   * whose series was lost is passed over, as its reference is in no other use. (Prometheus deletes
   * them.) No writer may be writing to the segment.
   */
  public static void repair(Path folder, WalCorruptionException damage) {
    LOG.warn("Starting corruption repair segment={} offset={}", damage.segment(), damage.offset());
    Path file = WalSegments.file(folder, damage.segment());
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(damage.offset());
      int rest = Page.left(damage.offset());
      if (rest < Page.BYTES) {
        channel.write(ByteBuffer.allocate(rest), damage.offset());
      }
      channel.force(true);
    } catch (IOException e) {
      throw new StorageException("cannot repair " + file + ": " + FileErrors.reason(e), e);
    }
    Folders.sync(folder);
  }
}
