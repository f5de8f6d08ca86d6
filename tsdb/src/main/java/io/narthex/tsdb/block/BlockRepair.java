package io.narthex.tsdb.block;

import io.narthex.storage.StorageException;
import io.narthex.tsdb.encoding.FileErrors;
import io.narthex.tsdb.encoding.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Mends blocks of defective releases. */
public final class BlockRepair {
  private static final int DEFECTIVE_META_VERSION = 2;
  private static final int VERSION_BYTE = 4;

  private BlockRepair() {}

  /**
   * An early release counted the version of meta.json up and left that of the index behind. Sets
   * the index to version 2 and meta.json to version 1; says whether there was something to do.
   */
  public static boolean fixIndexVersion(Path blockFolder) {
    BlockMeta meta = BlockMetaFile.readAnyVersion(blockFolder);
    if (meta.version() != DEFECTIVE_META_VERSION) {
      return false;
    }
    Path index = blockFolder.resolve(BlockWriter.INDEX);
    Path repaired = blockFolder.resolve("index.repaired");
    try {
      byte[] bytes = Files.readAllBytes(index);
      if (bytes.length > VERSION_BYTE) {
        bytes[VERSION_BYTE] = 2;
      }
      BlockMetaFile.writeSynced(repaired, bytes);
    } catch (IOException e) {
      throw new StorageException("cannot repair " + index + ": " + FileErrors.reason(e), e);
    }
    Folders.rename(repaired, index);
    BlockMetaFile.write(
        blockFolder,
        new BlockMeta(
            meta.ulid(),
            meta.minTime(),
            meta.maxTime(),
            meta.stats(),
            meta.compaction(),
            BlockMeta.VERSION));
    return true;
  }
}
