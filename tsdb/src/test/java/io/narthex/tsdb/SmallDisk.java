package io.narthex.tsdb;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A file system of a few megabytes, which a program in a process of its own has to itself. What is
 * free of it can be taken away and given back.
 */
final class SmallDisk {
  private static final int NOT_ALLOWED = 97;
  private static final String MOUNT =
      "mount -t tmpfs -o size=\"$1\" none \"$2\" || exit " + NOT_ALLOWED + "; shift 2; exec \"$@\"";

  private final Path root;
  private final Path ballast;

  /** For the program: the folder it was given. */
  SmallDisk(Path root) {
    this.root = root;
    this.ballast = root.resolve("ballast");
  }

  /** What a program has printed, with its errors, and how it has ended. */
  record Outcome(String output, int code) {}

  /**
   * Runs a main method, which gets the folder as its argument.
   *
   * @return empty where file systems may not be mounted here
   */
  static Optional<Outcome> run(Class<?> main, Path mountPoint, int megabytes) throws Exception {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("unshare", "-rm", "bash", "-c", MOUNT, "bash", megabytes + "m"));
    command.add(mountPoint.toString());
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx200m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName(),
            mountPoint.toString()));
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      return Optional.empty();
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.waitFor();
    boolean mounted = code != NOT_ALLOWED && !output.startsWith("unshare:");
    return mounted ? Optional.of(new Outcome(output, code)) : Optional.empty();
  }

  /** Takes all but so many bytes away. */
  void leave(long bytes) throws IOException {
    Files.deleteIfExists(ballast);
    long taken = Files.getFileStore(root).getUsableSpace() - bytes;
    Files.write(ballast, new byte[(int) Math.max(0, taken)]);
  }

  /** Gives all back. */
  void clear() throws IOException {
    Files.deleteIfExists(ballast);
  }
}
