package io.narthex.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The promtool that is installed. */
record Promtool(Path path) {
  /** Skips the test where there is none. */
  static Promtool onThePath() {
    for (String part : System.getenv().getOrDefault("PATH", "").split(":")) {
      Path path = Path.of(part, "promtool");
      if (Files.isExecutable(path)) {
        return new Promtool(path);
      }
    }
    assumeTrue(false, "promtool is not on the PATH");
    throw new AssertionError("BUG: not reached");
  }

  /** What it prints; it must succeed. */
  String run(String... args) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(path.toString()));
    command.addAll(List.of(args));
    Path errors = Files.createTempFile("promtool", ".err");
    try {
      Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(command + Files.readString(errors)).isZero();
      return out;
    } finally {
      Files.delete(errors);
    }
  }
}
