package io.narthex.tsdb;

import io.narthex.model.labels.Matcher;
import io.narthex.storage.StorageException;
import io.narthex.tsdb.block.Block;
import io.narthex.tsdb.block.BlockMetaFile;
import io.narthex.tsdb.encoding.FileErrors;
import io.narthex.tsdb.encoding.Folders;
import io.narthex.tsdb.head.Head;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** What administrators ask for: snapshots, deletion, a list of the blocks. */
final class Administration {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final DbOptions options;
  private final Head head;
  private final Blocks blocks;
  private final Maintenance maintenance;
  private final SecureRandom random = new SecureRandom();

  Administration(DbOptions options, Head head, Blocks blocks, Maintenance maintenance) {
    this.options = options;
    this.head = head;
    this.blocks = blocks;
    this.maintenance = maintenance;
  }

  List<String> blockMetas() {
    List<String> metas = new ArrayList<>();
    for (Block block : blocks.list()) {
      metas.add(BlockMetaFile.json(block.meta()));
    }
    return metas;
  }

  /**
   * Links the blocks' files into a new folder, and writes the head there as a block. The folder
   * gets its name when all is in it.
   */
  String snapshot(boolean skipHead) {
    String name = TIME.format(Instant.now()) + "-" + HexFormat.of().toHexDigits(random.nextLong());
    Path folder = options.directory().resolve(Leftovers.SNAPSHOTS).resolve(name + ".tmp");
    maintenance.lock().lock();
    try {
      Folders.create(folder);
      for (Block block : blocks.list()) {
        link(block.folder(), folder.resolve(block.folder().getFileName()));
      }
      if (!skipHead && !head.isEmpty()) {
        maintenance.headBlocks().write(head, folder, head.minTime(), head.maxTime() + 1);
        maintenance.outOfOrder().copyTo(folder);
      }
      Folders.rename(folder, folder.resolveSibling(name));
      return name;
    } catch (RuntimeException e) {
      Folders.delete(folder);
      throw e;
    } finally {
      maintenance.lock().unlock();
    }
  }

  private static void link(Path from, Path to) {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.createLink(target, file);
        }
      }
    } catch (IOException e) {
      throw new StorageException(
          "cannot snapshot block " + from + " to " + to + ": " + FileErrors.reason(e), e);
    }
  }

  void delete(long mint, long maxt, List<Matcher> matchers) {
    maintenance.lock().lock();
    try {
      for (Block block : blocks.list()) {
        if (block.overlaps(mint, maxt)) {
          block.delete(mint, maxt, matchers);
        }
      }
      head.delete(mint, maxt, matchers);
    } finally {
      maintenance.lock().unlock();
    }
  }
}
