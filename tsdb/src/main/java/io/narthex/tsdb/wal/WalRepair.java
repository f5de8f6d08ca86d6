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

/** Makes a damaged log readable again by ending it where the damage starts. */
public final class WalRepair {
  private static final Logger LOG = LoggerFactory.getLogger(WalRepair.class);

  private WalRepair() {}

  /**
   * Cuts the damaged segment off before the damaged record and deletes all later segments, whose
   * records may depend on what is lost; as Prometheus does. No writer may be open on the log.
   */
  public static void repair(Path folder, WalCorruptionException damage) {
    LOG.warn("Starting corruption repair segment={} offset={}", damage.segment(), damage.offset());
    for (int number : WalSegments.list(folder).reversed()) {
      if (number > damage.segment()) {
        Folders.delete(WalSegments.file(folder, number));
      }
    }
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
