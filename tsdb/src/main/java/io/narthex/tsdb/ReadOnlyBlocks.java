package io.narthex.tsdb;

import io.narthex.storage.StorageException;
import io.narthex.tsdb.block.Block;
import io.narthex.tsdb.block.BlockMeta;
import io.narthex.tsdb.block.BlockMetaFile;
import io.narthex.tsdb.block.Ulid;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Opens the blocks of a folder that a server may be working on. */
final class ReadOnlyBlocks {
  private static final int ATTEMPTS = 5;

  private ReadOnlyBlocks() {}

  /**
   * All blocks that can be read, by the time they start.
   *
   * @param damage told of each that cannot be read and that no other has replaced
   */
  static List<Block> open(Path database, Consumer<ReadOnlyDb.Damage> damage) {
    // A block may go between being listed and being opened: then another has taken its place.
    for (int attempt = 1; ; attempt++) {
      List<Block> opened = new ArrayList<>();
      Map<Ulid, ReadOnlyDb.Damage> damaged = new TreeMap<>();
      boolean vanished = openAll(database, opened, damaged);
      for (Block block : opened) {
        for (BlockMeta.Parent parent : block.meta().compaction().parents()) {
          damaged.remove(parent.ulid());
        }
      }
      if (!(vanished && attempt < ATTEMPTS)) {
        damaged.values().forEach(damage);
        opened.sort(Comparator.comparingLong(block -> block.meta().minTime()));
        return opened;
      }
      opened.forEach(Block::close);
    }
  }

  /** Says whether a block that was listed is no longer there. */
  private static boolean openAll(
      Path database, List<Block> opened, Map<Ulid, ReadOnlyDb.Damage> damaged) {
    boolean vanished = false;
    for (Path folder : BlockFolders.list(database)) {
      try {
        opened.add(Block.open(folder));
      } catch (StorageException e) {
        if (Files.exists(folder)) {
          Ulid ulid = Ulid.parse(folder.getFileName().toString()).orElseThrow();
          damaged.put(ulid, damage(folder, e));
        } else {
          vanished = true;
        }
      }
    }
    return vanished;
  }

  private static ReadOnlyDb.Damage damage(Path folder, StorageException e) {
    boolean hasMeta = true;
    try {
      BlockMetaFile.read(folder);
    } catch (StorageException unreadable) {
      hasMeta = false;
    }
    return new ReadOnlyDb.Damage(
        hasMeta ? ReadOnlyDb.Damage.Kind.BLOCK : ReadOnlyDb.Damage.Kind.BLOCK_WITHOUT_META,
        "block "
            + folder.getFileName()
            + " cannot be read and is left out: "
            + e.getMessage()
            + "; make it readable or restore it, or do without it by deleting "
            + folder);
  }
}
