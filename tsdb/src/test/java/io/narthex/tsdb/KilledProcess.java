package io.narthex.tsdb;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A class with a {@code main} in a process of its own that is killed while it tells of its work.
 */
final class KilledProcess {
  private KilledProcess() {}

  /**
   * Runs until so long after its first line, kills it, and hands on every line that it has written.
   */
  static void run(Class<?> main, int millis, Consumer<String> line, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx300m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      long deadline = 0;
      for (String text = lines.readLine(); text != null; text = lines.readLine()) {
        deadline = deadline == 0 ? System.nanoTime() + millis * 1_000_000L : deadline;
        line.accept(text);
        if (process.isAlive() && System.nanoTime() > deadline) {
          process.toHandle().destroyForcibly();
        }
      }
    } finally {
      process.destroyForcibly();
    }
    process.waitFor();
  }
}
