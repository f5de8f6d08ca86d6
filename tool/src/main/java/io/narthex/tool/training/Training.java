package io.narthex.tool.training;

import io.narthex.tool.Main;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A short run of every command, for the JVM to record: classes loaded, methods that are hot. The
 * launcher keeps the record as the AOT cache of later starts.
 */
public final class Training {
  private static final int SERIES = 200;
  private static final int SAMPLES = 300;
  private static final long START_SECONDS = 1_700_000_000L;

  private Training() {}

  public static void main(String... args) throws IOException {
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    Path folder = Files.createTempDirectory("narthex-training");
    try {
      String input = Files.writeString(folder.resolve("input.txt"), openMetrics()).toString();
      String data = folder.resolve("data").toString();
      run("tsdb", "create-blocks-from", "openmetrics", input, data);
      for (List<String> command : commands()) {
        run(Stream.concat(command.stream(), Stream.of(data)).toArray(String[]::new));
      }
      Files.writeString(folder.resolve("training.test"), TrainingScript.text());
      Main.run(OutputStream.nullOutputStream(), System.err, "test", "promql", folder.toString());
      run("--experimental", "promql", "format", TrainingScript.LONG);
      run("--experimental", "promql", "label-matchers", "set", TrainingScript.LONG, "a", "b");
      Main.run(OutputStream.nullOutputStream(), System.err, "tsdb", "--help");
    } finally {
      delete(folder);
    }
  }

  private static List<List<String>> commands() {
    return List.of(
        List.of("tsdb", "list"),
        List.of("tsdb", "list", "-r"),
        List.of("tsdb", "analyze", "--extended"),
        List.of("tsdb", "analyze", "--match={job=~\"j.*\"}"),
        List.of("tsdb", "dump"),
        List.of("tsdb", "dump", "--match={job=\"j1\"}", "--match={a=~\".*1\"}"),
        List.of("tsdb", "dump", "--format=seriesjson"),
        List.of("tsdb", "dump-openmetrics"));
  }

  private static void run(String... command) {
    int code = Main.run(OutputStream.nullOutputStream(), System.err, command);
    if (code != 0) {
      throw new IllegalStateException("BUG: " + List.of(command) + " ended with " + code);
    }
  }

  private static String openMetrics() {
    StringBuilder text = new StringBuilder("# TYPE training gauge\n");
    for (int series = 0; series < SERIES; series++) {
      for (int i = 0; i < SAMPLES; i++) {
        text.append("training{job=\"j").append(series % 3).append("\",a=\"").append(series);
        text.append("\"} ").append(series * 0.37 + i % 50).append(' ');
        text.append(START_SECONDS + i * 60L).append(".5\n");
      }
    }
    return text.append("# EOF\n").toString();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder())
          .forEach(
              path -> {
                try {
                  Files.delete(path);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
