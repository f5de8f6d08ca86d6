package io.narthex.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WriteBenchmarkTest {
  private static final int SERIES = 1_100;

  @TempDir private Path folder;

  private Tool run(Path file, String... flags) {
    String[] args = new String[flags.length + 5];
    args[0] = "tsdb";
    args[1] = "bench";
    args[2] = "write";
    args[3] = "--out=" + folder.resolve("out");
    args[4] = file.toString();
    System.arraycopy(flags, 0, args, 5, flags.length);
    return Tool.run(args);
  }

  private Path series() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < SERIES; i++) {
      text.append("{\"__name__\":\"m\",\"at\":\"host:1\",\"n\":\"").append(i).append("\"}\n");
      text.append("{\"n\":\"").append(i).append("\",\"at\":\"host:1\",\"__name__\":\"m\"}\n");
    }
    return Files.writeString(folder.resolve("series.json"), text);
  }

  @Test
  void fillsADatabaseAndTellsHowFast() throws IOException {
    Path file = series();
    for (int run = 0; run < 2; run++) {
      Tool tool = run(file, "--scrapes=100");
      assertThat(tool.code()).as(tool.err()).isZero();
      assertThat(tool.out().lines().map(line -> line.replaceAll("[=:] ?[0-9].*", "")))
          .containsExactly(
              ">> start stage=readData",
              ">> completed stage=readData duration",
              ">> start stage=ingestScrapes",
              "ingestion completed",
              ">> completed stage=ingestScrapes duration",
              " > total samples",
              " > samples/sec",
              ">> start stage=stopStorage",
              ">> completed stage=stopStorage duration");
      assertThat(tool.out()).contains(" > total samples: " + SERIES * 100 + "\n");
    }
    String data = folder.resolve("out/storage").toString();
    Tool dump = Tool.run("tsdb", "dump", data, "--match={n=\"7\"}");
    assertThat(dump.out())
        .hasLineCount(100)
        .startsWith("{__name__=\"m\", at=\"host:1\", n=\"7\"} 1.23457789e+08 30000\n");
    assertThat(Tool.run("tsdb", "dump", "--format=seriesjson", data).out()).hasLineCount(SERIES);
    assertThat(Tool.run("tsdb", "list", data).out()).hasLineCount(1);
  }

  @Test
  void readsAsManySeriesAsWanted() throws IOException {
    assertThat(run(series(), "--scrapes=1", "--metrics=10").out())
        .contains(" > total samples: 1000\n");
  }

  @Test
  void namesWhatItCannotRead() throws IOException {
    Path none = folder.resolve("none");
    assertThat(run(none).err()).isEqualTo("open " + none + ": no such file or directory\n");
    Path bad = Files.writeString(folder.resolve("bad.json"), "{\"a\":\"b\"}\nm 1\n");
    assertThat(run(bad).err()).startsWith(bad + ", line 2: no JSON: ").hasLineCount(1);
    Path empty = Files.writeString(folder.resolve("empty.json"), "");
    assertThat(run(empty).err()).startsWith(empty + ": has no series: ");
    assertThat(run(empty).code()).isEqualTo(1);
  }
}
