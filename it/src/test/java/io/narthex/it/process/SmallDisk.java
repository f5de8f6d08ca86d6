package io.narthex.it.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A file system of a few megabytes in memory, which a program has to itself. It is gone with the
 * program.
 */
public final class SmallDisk {
  /** How the program ends where file systems may not be mounted. */
  private static final int NOT_ALLOWED = 97;

  /** The program may give a little back meanwhile, in bytes. */
  private static final long LITTLE = 1 << 20;

  private static final String MOUNT =
      "mount -t tmpfs -o size=\"$1\" none \"$2\" || exit " + NOT_ALLOWED + "; shift 2; exec \"$@\"";

  private final RunningProcess process;
  private final Path root;
  private final Path ballast;

  /**
   * @param process runs behind {@link #command} and is up
   */
  public SmallDisk(RunningProcess process, Path mountPoint) {
    this.process = process;
    this.root = Path.of("/proc/" + process.pid() + "/root" + mountPoint.toAbsolutePath());
    this.ballast = root.resolve("ballast");
  }

  /** What to put before a program's command. */
  public static List<String> command(Path mountPoint, int megabytes) {
    return List.of(
        "unshare", "-rm", "bash", "-c", MOUNT, "bash", megabytes + "m", mountPoint.toString());
  }

  /** Whether file systems may be mounted here. */
  public static boolean isPossible(Path mountPoint) {
    try {
      List<String> command =
          Stream.concat(command(mountPoint, 1).stream(), Stream.of("true")).toList();
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Takes all that is free. */
  public void fill() {
    try (OutputStream out = Files.newOutputStream(ballast)) {
      byte[] some = new byte[4096];
      while (true) {
        out.write(some);
      }
    } catch (IOException full) {
      if (root.toFile().getUsableSpace() > LITTLE) {
        throw new AssertionError("the disk cannot be filled", full);
      }
    }
  }

  /** Gives it back. */
  public void clear() throws IOException {
    Files.delete(ballast);
  }

  /** Kills the program and keeps what it leaves. */
  public void killAndCopy(Path from, Path to) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-STOP", Long.toString(process.pid())).start().waitFor();
    Path source = root.resolve(from);
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(source.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
    process.kill();
  }
}
