package io.narthex.tsdb;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs a program in another process and stops it at every system call that changes folders or makes
 * something durable: what is on disk then is what a process killed there would leave.
 */
final class FileSystemSteps {
  private static final Path STRACE = Path.of("/usr/bin/strace");
  private static final String CALLS =
      "fsync,fdatasync,ftruncate,rename,renameat,renameat2,unlink,unlinkat,rmdir,mkdir,mkdirat,"
          + "link,linkat";

  /** Called while the program stands still. */
  interface Visitor {
    void step(int number) throws Exception;
  }

  private FileSystemSteps() {}

  /** Whether there is what stops programs. */
  static boolean arePossible() {
    return Files.isExecutable(STRACE);
  }

  /**
   * @param main a class with a main method, which prints {@code done} at its end
   * @param every stops at so many steps only, which each thread counts for itself
   * @return how often it was stopped; 0 where programs may not be traced here
   */
  static int visit(Class<?> main, Path data, int every, Visitor visitor) throws Exception {
    List<String> command = new ArrayList<>();
    // Nobody else would end it where this process is killed.
    command.addAll(List.of("timeout", "-s", "KILL", "7000"));
    command.addAll(List.of(STRACE.toString(), "-f", "-qq", "-o", "/dev/null"));
    command.addAll(List.of("-e", "trace=" + CALLS));
    command.addAll(
        List.of("-e", "inject=" + CALLS + ":signal=SIGSTOP:when=" + every + "+" + every));
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx100m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName(),
            data.toString()));
    Path log = data.resolveSibling("steps.log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      int steps = 0;
      while (process.isAlive()) {
        Optional<ProcessHandle> program =
            process.children().flatMap(ProcessHandle::children).findFirst();
        if (program.isPresent() && isStopped(program.get().pid())) {
          visitor.step(++steps);
          resume(program.get().pid());
        }
        Thread.sleep(1);
      }
      String output = Files.readString(log);
      if (steps > 0 && !output.contains("done")) {
        throw new IllegalStateException("failed after " + steps + " steps: " + output);
      }
      return steps;
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /** Whether all threads stand still. */
  private static boolean isStopped(long pid) {
    try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
      return threads.allMatch(FileSystemSteps::isTracedStop);
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isTracedStop(Path thread) {
    try {
      String stat = Files.readString(thread.resolve("stat"), StandardCharsets.ISO_8859_1);
      return stat.startsWith(") t", stat.lastIndexOf(')'));
    } catch (IOException e) {
      return false;
    }
  }

  private static void resume(long pid) throws Exception {
    Process kill = new ProcessBuilder("kill", "-CONT", Long.toString(pid)).start();
    kill.waitFor(10, TimeUnit.SECONDS);
    // Until it has gone on, it would be taken for stopped once more.
    for (int i = 0; i < 1000 && isStopped(pid); i++) {
      Thread.sleep(1);
    }
  }

  /** Copies a directory with its holes. */
  static Path copy(Path from, Path to) throws Exception {
    Process cp =
        new ProcessBuilder("cp", "-a", "--sparse=auto", from.toString(), to.toString()).start();
    if (!cp.waitFor(60, TimeUnit.SECONDS) || cp.exitValue() != 0) {
      throw new IOException("cannot copy " + from + " to " + to);
    }
    return to;
  }
}
