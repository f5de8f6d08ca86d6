package io.narthex.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are told to end while they work. */
final class InterruptionTest {
  private static final int TERMINATED = 143;
  private static final int LONGEST_SECONDS = 30;

  @TempDir private Path folder;

  private Process start(List<String> args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("tmp")));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(args);
    return new ProcessBuilder(command).redirectError(folder.resolve("err").toFile()).start();
  }

  /**
   * Not SIGINT, which goes the same way but is ignored by whatever a shell runs behind {@code &}.
   */
  private void terminate(Process process) throws IOException, InterruptedException {
    // By the handle, for the process itself would close the pipe as well.
    assertThat(process.toHandle().destroy()).isTrue();
    assertThat(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(TERMINATED);
    assertThat(Files.readAllLines(folder.resolve("err")))
        .filteredOn(line -> !line.startsWith("Picked up ") && !line.startsWith("WARNING: "))
        .isEmpty();
  }

  private List<String> left(String in) throws IOException {
    try (Stream<Path> all = Files.list(folder.resolve(in))) {
      return all.map(path -> path.getFileName().toString())
          .filter(name -> !name.startsWith("hsperfdata"))
          .toList();
    }
  }

  private Path openMetrics(int series, int samples) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int s = 0; s < series; s++) {
      for (int i = 0; i < samples; i++) {
        text.append("m{n=\"").append(s).append("\"} ").append(i * 1.7 + s).append(' ');
        text.append(1_700_000_000L + i * 15L).append('\n');
      }
    }
    return Files.writeString(folder.resolve("in.txt"), text.append("# EOF\n"));
  }

  @Test
  void backfillingLeavesNoTemporaryFilesAndNoHalfBlock() throws Exception {
    Path input = openMetrics(2_000, 400);
    Path data = Files.createDirectory(folder.resolve("data"));
    Process process =
        start(List.of("tsdb", "create-blocks-from", "openmetrics", input + "", data + ""));
    while (left("tmp").isEmpty() && process.isAlive()) {
      Thread.sleep(5);
    }
    terminate(process);
    assertThat(left("tmp")).isEmpty();
    for (String block : left("data")) {
      assertThat(data.resolve(block).resolve("meta.json")).exists();
    }
  }

  @Test
  void dumpingEndsThoughNobodyTakesTheOutput() throws Exception {
    Path input = openMetrics(200, 400);
    Path data = folder.resolve("data");
    Tool.run("tsdb", "create-blocks-from", "openmetrics", input.toString(), data.toString());
    Process process = start(List.of("tsdb", "dump", data.toString()));
    // The first bytes are there; the pipe is full soon.
    process.getInputStream().read();
    Thread.sleep(500);
    assertThat(process.isAlive()).isTrue();
    terminate(process);
    assertThat(left("tmp")).isEmpty();
  }
}
