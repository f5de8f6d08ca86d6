package io.narthex.tsdb;

import io.narthex.storage.StorageException;
import io.narthex.tsdb.block.Block;
import io.narthex.tsdb.block.BlockMeta;
import io.narthex.tsdb.block.Ulid;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Opens the blocks of a folder that a server may be working on. */
final class ReadOnlyBlocks {
  private static final int ATTEMPTS = 5;

  private ReadOnlyBlocks() {}

  /**
   * All blocks, by the time they start.
   *
   * @throws StorageException where one is damaged and no other has replaced it
   */
  static List<Block> open(Path database) {
    // A block may go between being listed and being opened: then another has taken its place.
    for (int attempt = 1; ; attempt++) {
      List<Block> opened = new ArrayList<>();
      Map<Ulid, String> damaged = new TreeMap<>();
      boolean vanished = openAll(database, opened, damaged);
      for (Block block : opened) {
        for (BlockMeta.Parent parent : block.meta().compaction().parents()) {
          damaged.remove(parent.ulid());
        }
      }
      if (damaged.isEmpty() && !(vanished && attempt < ATTEMPTS)) {
        opened.sort(Comparator.comparingLong(block -> block.meta().minTime()));
        return opened;
      }
      opened.forEach(Block::close);
      if (!damaged.isEmpty()) {
        throw new StorageException(
            damaged.entrySet().stream()
                .map(entry -> "corrupted block " + entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining("; ")));
      }
    }
  }

  /** Says whether a block that was listed is no longer there. */
  private static boolean openAll(Path database, List<Block> opened, Map<Ulid, String> damaged) {
    boolean vanished = false;
    for (Path folder : BlockFolders.list(database)) {
      try {
        opened.add(Block.open(folder));
      } catch (StorageException e) {
        if (Files.exists(folder)) {
          damaged.put(Ulid.parse(folder.getFileName().toString()).orElseThrow(), e.getMessage());
        } else {
          vanished = true;
        }
      }
    }
    return vanished;
  }
}
