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
  private static final int INTERRUPTED = 130;
  private static final int SIGINT_BY_SHELL_TIMEOUT_SECONDS = 30;

  @TempDir private Path folder;

  private Process start(List<String> args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("tmp")));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(args);
    return new ProcessBuilder(command).redirectError(folder.resolve("err").toFile()).start();
  }

  private static void interrupt(Process process) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    assertThat(process.waitFor(SIGINT_BY_SHELL_TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(INTERRUPTED);
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
    interrupt(process);
    assertThat(left("tmp")).isEmpty();
    for (String block : left("data")) {
      assertThat(data.resolve(block).resolve("meta.json")).exists();
    }
    assertThat(folder.resolve("err")).isEmptyFile();
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
    interrupt(process);
    assertThat(left("tmp")).isEmpty();
    assertThat(folder.resolve("err")).isEmptyFile();
  }
}
