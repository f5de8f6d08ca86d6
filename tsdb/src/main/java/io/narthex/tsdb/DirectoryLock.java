package io.narthex.tsdb;

import io.narthex.storage.StorageException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Keeps other processes out of a data directory: an advisory lock on the file {@code lock}, of the
 * kind that Prometheus takes ({@code flock}), so that each keeps the other out. The Java library
 * offers only the other kind, hence the native calls.
 */
final class DirectoryLock implements AutoCloseable {
  private static final String NAME = "lock";
  private static final int O_RDWR_CREAT_CLOEXEC = 0x2 | 0x40 | 0x80000;
  private static final int LOCK_EX_NB = 2 | 4;
  private static final int MODE = 0644;

  private final Path file;
  private final boolean cleanStart;
  private int descriptor;

  private DirectoryLock(Path file, int descriptor, boolean cleanStart) {
    this.file = file;
    this.descriptor = descriptor;
    this.cleanStart = cleanStart;
  }

  /**
   * @throws StorageException where another process holds the lock, or the file cannot be made
   */
  static DirectoryLock take(Path directory) {
    Path file = directory.resolve(NAME).toAbsolutePath();
    boolean left = Files.exists(file);
    int descriptor = Native.open(file);
    if (descriptor < 0) {
      throw new StorageException(
          "cannot open lock file " + file + ": check that the directory exists and is writable");
    }
    if (!Native.lock(descriptor)) {
      Native.close(descriptor);
      String who = holder(file).map(pid -> " by process " + pid).orElse(" by another process");
      throw new StorageException(
          "data directory "
              + directory
              + " is locked"
              + who
              + " ("
              + file
              + "): stop that process or choose another directory");
    }
    try {
      Files.writeString(file, ProcessHandle.current().pid() + "\n");
    } catch (IOException e) {
      Native.close(descriptor);
      throw new StorageException("cannot write lock file " + file + ": " + e.getMessage(), e);
    }
    return new DirectoryLock(file, descriptor, !left);
  }

  /** Links the native calls, which takes longer than any of them. */
  static void prepare() {
    Native.close(-1);
  }

  /** Whether the last user of the directory had released it. */
  boolean cleanStart() {
    return cleanStart;
  }

  @Override
  public synchronized void close() {
    if (descriptor < 0) {
      return;
    }
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new StorageException("cannot remove lock file " + file + ": " + e.getMessage(), e);
    } finally {
      Native.close(descriptor);
      descriptor = -1;
    }
  }

  /** The process that holds the lock, as far as the kernel tells. */
  private static Optional<String> holder(Path file) {
    try {
      String inode = ":" + Files.getAttribute(file, "unix:ino");
      for (String line : Files.readAllLines(Path.of("/proc/locks"))) {
        List<String> fields = List.of(line.trim().split("\\s+"));
        if (fields.size() > 5 && fields.get(5).endsWith(inode)) {
          return Optional.of(fields.get(4));
        }
      }
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  /** The three calls of the C library. */
  private static final class Native {
    private static final MethodHandle OPEN =
        handle(
            "open",
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT),
            Linker.Option.firstVariadicArg(2));
    private static final MethodHandle FLOCK =
        handle(
            "flock",
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    private static final MethodHandle CLOSE =
        handle("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

    static int open(Path file) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment path = arena.allocateFrom(file.toString(), StandardCharsets.UTF_8);
        return (int) OPEN.invokeExact(path, O_RDWR_CREAT_CLOEXEC, MODE);
      } catch (Throwable e) {
        throw failed(e);
      }
    }

    static boolean lock(int descriptor) {
      try {
        return (int) FLOCK.invokeExact(descriptor, LOCK_EX_NB) == 0;
      } catch (Throwable e) {
        throw failed(e);
      }
    }

    static void close(int descriptor) {
      try {
        int unused = (int) CLOSE.invokeExact(descriptor);
      } catch (Throwable e) {
        throw failed(e);
      }
    }

    private static MethodHandle handle(
        String name, FunctionDescriptor descriptor, Linker.Option... options) {
      Linker linker = Linker.nativeLinker();
      MemorySegment symbol = linker.defaultLookup().find(name).orElseThrow();
      return linker.downcallHandle(symbol, descriptor, options);
    }

    private static IllegalStateException failed(Throwable e) {
      return new IllegalStateException("BUG: native call failed", e);
    }
  }
}
