package io.narthex.tsdb;

import io.narthex.storage.StorageException;
import io.narthex.tsdb.block.Ulid;
import io.narthex.tsdb.encoding.FileErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Which folders of a database hold blocks. */
final class BlockFolders {
  private BlockFolders() {}

  /** The folders that are named as blocks are, by name. */
  static List<Path> list(Path database) {
    try (Stream<Path> entries = Files.list(database)) {
      return entries
          .filter(entry -> Ulid.parse(entry.getFileName().toString()).isPresent())
          .filter(Files::isDirectory)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new StorageException("cannot list " + database + ": " + FileErrors.reason(e), e);
    }
  }
}
