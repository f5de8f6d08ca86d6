package io.narthex.tsdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How large the file system is that a folder is on. */
public final class FileSystemSize {
  private FileSystemSize() {}

  /** In bytes, of the folder or the closest one above it that exists; 0 where it is unknown. */
  public static long of(Path folder) {
    Path at = folder.toAbsolutePath();
    while (at.getParent() != null && !Files.exists(at)) {
      at = at.getParent();
    }
    try {
      return Files.getFileStore(at).getTotalSpace();
    } catch (IOException _) {
      return 0;
    }
  }
}
