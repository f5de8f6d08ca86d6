package io.narthex.tsdb.encoding;

import io.narthex.storage.StorageException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/** Changes to folders that survive a crash of the machine. */
public final class Folders {
  private Folders() {}

  public static void create(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new StorageException("cannot create folder " + folder + ": " + FileErrors.reason(e), e);
    }
  }

  /** Makes names created in, renamed in or removed from the folder durable. */
  public static void sync(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      throw new StorageException("cannot sync folder " + folder + ": " + FileErrors.reason(e), e);
    }
  }

  /** Gives a finished file or folder its final name, replacing a file that has it. */
  public static void rename(Path from, Path to) {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new StorageException(
          "cannot rename " + from + " to " + to + ": " + FileErrors.reason(e), e);
    }
    sync(to.toAbsolutePath().getParent());
  }

  /** Deletes a file or a folder with all that is in it; nothing happens where it is absent. */
  public static void delete(Path path) {
    if (!Files.exists(path)) {
      return;
    }
    try {
      Files.walkFileTree(
          path,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.deleteIfExists(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException failure)
                throws IOException {
              if (failure != null) {
                throw failure;
              }
              Files.deleteIfExists(folder);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new StorageException("cannot delete " + path + ": " + FileErrors.reason(e), e);
    }
  }

  /** The sizes of all files below, in bytes; 0 where the folder is absent. */
  public static long sizeBytes(Path folder) {
    long[] sum = {0};
    if (!Files.exists(folder)) {
      return 0;
    }
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              sum[0] += attributes.size();
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
              // Deleted while we were counting.
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new StorageException("cannot read folder " + folder + ": " + FileErrors.reason(e), e);
    }
    return sum[0];
  }
}
