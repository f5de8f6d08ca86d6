package io.narthex.tsdb;

import io.narthex.storage.StorageException;
import io.narthex.tsdb.block.BlockRepair;
import io.narthex.tsdb.block.BlockWriter;
import io.narthex.tsdb.block.Ulid;
import io.narthex.tsdb.encoding.FileErrors;
import io.narthex.tsdb.encoding.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes from a data directory what unfinished work has left there, before it is read. */
final class Leftovers {
  private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);
  private static final List<String> SUFFIXES =
      List.of(BlockWriter.TEMPORARY_SUFFIX, Blocks.DELETION_SUFFIX, ".tmp");

  static final String SNAPSHOTS = "snapshots";

  private final Path directory;

  Leftovers(Path directory) {
    this.directory = directory;
  }

  void sweep() {
    for (Path entry : entries(directory)) {
      String name = entry.getFileName().toString();
      if (isTemporary(name)) {
        delete(entry, "Found and deleted tmp block dir");
      } else if (Ulid.parse(name).isPresent() && Files.isDirectory(entry)) {
        sweep(entry, "Found and deleted temporary file of a block");
        repair(entry);
      }
    }
    sweep(directory.resolve(SNAPSHOTS), "Found and deleted unfinished snapshot");
    sweep(directory.resolve("wal"), "Found and deleted temporary checkpoint");
    sweep(directory.resolve("wbl"), "Found and deleted temporary checkpoint");
  }

  /** What is written in a folder gets its name when it is complete. */
  private static void sweep(Path folder, String message) {
    for (Path entry : Files.isDirectory(folder) ? entries(folder) : List.<Path>of()) {
      if (entry.getFileName().toString().endsWith(".tmp")) {
        delete(entry, message);
      }
    }
  }

  /** Of a block or a snapshot of the head's chunks. */
  private static boolean isTemporary(String name) {
    for (String suffix : SUFFIXES) {
      if (name.endsWith(suffix)) {
        String stem = name.substring(0, name.length() - suffix.length());
        return Ulid.parse(stem).isPresent() || stem.startsWith("chunk_snapshot.");
      }
    }
    return false;
  }

  private static void delete(Path entry, String message) {
    Folders.delete(entry);
    LOG.atInfo().addKeyValue("dir", entry).log(message);
  }

  /** What an early release wrote wrong; other damage is told where the block is opened. */
  private static void repair(Path block) {
    try {
      if (BlockRepair.fixIndexVersion(block)) {
        LOG.atInfo().addKeyValue("dir", block).log("fixed index version of a block");
      }
    } catch (StorageException e) {
      LOG.atDebug().addKeyValue("err", e.getMessage()).log("block not repaired");
    }
  }

  private static List<Path> entries(Path folder) {
    try (Stream<Path> stream = Files.list(folder)) {
      return stream.sorted().toList();
    } catch (IOException e) {
      throw new StorageException("cannot list " + folder + ": " + FileErrors.reason(e), e);
    }
  }
}
