package io.narthex.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.narthex.model.labels.Labels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The backfills of the shared conformance data; beside promtool where it is there. */
final class BackfillConformanceTest {
  private static final int CASES = 18;

  @TempDir private Path folder;

  private static List<Map<?, ?>> cases() throws IOException {
    Path file = Conformance.folder("tsdb/backfill.jsonl");
    assumeTrue(Files.exists(file), file + " is absent");
    return JsonRows.read(file);
  }

  @Test
  void makesTheBlocksAndSamplesThatAreExpected() throws IOException {
    int n = 0;
    for (Map<?, ?> test : cases()) {
      check(test, Files.createDirectory(folder.resolve("case" + n++)));
    }
    assertThat(n).isEqualTo(CASES);
  }

  @Test
  void makesTheBlocksThatPromtoolMakes() throws Exception {
    Promtool promtool = Promtool.onThePath();
    int n = 0;
    for (Map<?, ?> test : cases()) {
      if (test.get("ok").equals("true")) {
        Path at = Files.createDirectory(folder.resolve("peer" + n++));
        Tool made = Tool.run(arguments(test, at, "ours"));
        promtool.run(arguments(test, at, "theirs"));
        assertThat(made.code()).as(made.err()).isZero();
        assertThat(rows(Tool.run("tsdb", "list", at.resolve("ours").toString()).out()))
            .as((String) test.get("name"))
            .isEqualTo(rows(promtool.run("tsdb", "list", at.resolve("theirs").toString())));
      }
    }
    assertThat(n).isEqualTo(CASES - 4);
  }

  /** The lines of a list without the names of the blocks, which are random, and their sizes. */
  private static List<String> rows(String list) {
    return list.lines().map(line -> line.replaceAll("^\\S+ +| +\\S+$", "")).toList();
  }

  private static String[] arguments(Map<?, ?> test, Path at, String data) throws IOException {
    Path input = Files.writeString(at.resolve("in.txt"), (String) test.get("openmetrics"));
    List<String> args = new ArrayList<>(List.of("tsdb", "create-blocks-from", "openmetrics"));
    if (!test.get("max_block_duration_ns").equals("null")) {
      args.add("--max-block-duration=" + test.get("max_block_duration_ns") + "ns");
    }
    ((Map<?, ?>) test.get("extra_labels"))
        .forEach((name, label) -> args.add("--label=" + name + "=" + label));
    args.addAll(List.of(input.toString(), at.resolve(data).toString()));
    return args.toArray(String[]::new);
  }

  private static void check(Map<?, ?> test, Path at) throws IOException {
    String name = (String) test.get("name");
    Tool made = Tool.run(arguments(test, at, "data"));
    Path data = at.resolve("data");
    if (test.get("ok").equals("false")) {
      assertThat(made.code()).as(name).isEqualTo(1);
      assertThat(made.err()).as(name).hasLineCount(1);
      assertThat(made.out()).as(name).isEmpty();
      assertThat(data.toFile().list()).as(name).isNullOrEmpty();
      return;
    }
    assertThat(made.code()).as(name + made.err()).isZero();
    Map<?, ?> expected = (Map<?, ?>) test.get("expected");
    long blocks =
        checkBlocks(name, data, Long.parseLong((String) expected.get("block_duration_ms")));
    assertThat(blocks).as(name).isEqualTo(Long.parseLong((String) expected.get("blocks")));
    if (blocks > 0) {
      checkSamples(name, Tool.run("tsdb", "dump", data.toString()).out(), expected);
    }
  }

  /** How many blocks there are, each of which must lie in one range of the length given. */
  private static long checkBlocks(String name, Path data, long durationMillis) {
    List<String> lines = Tool.run("tsdb", "list", data.toString()).out().lines().skip(1).toList();
    for (String line : lines) {
      String[] columns = line.split(" +");
      long mint = Long.parseLong(columns[1]);
      long maxt = Long.parseLong(columns[2]);
      assertThat(maxt).as(name).isGreaterThan(mint);
      assertThat(Math.floorDiv(maxt - 1, durationMillis))
          .as(name)
          .isEqualTo(Math.floorDiv(mint, durationMillis));
    }
    return lines.size();
  }

  private static void checkSamples(String name, String dump, Map<?, ?> expected) {
    List<String> samples = new ArrayList<>();
    for (Object sample : (List<?>) expected.get("samples")) {
      Map<?, ?> fields = (Map<?, ?>) sample;
      List<String> labels = new ArrayList<>();
      ((Map<?, ?>) fields.get("labels"))
          .forEach((label, value) -> labels.addAll(List.of((String) label, (String) value)));
      samples.add(
          Labels.of(labels.toArray(String[]::new))
              + " "
              + fields.get("value")
              + " "
              + fields.get("t_ms"));
    }
    assertThat(dump.lines()).as(name).containsExactlyInAnyOrderElementsOf(samples);
    long[] times =
        dump.lines()
            .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
            .sorted()
            .toArray();
    assertThat(Arrays.asList(times[0], times[times.length - 1]))
        .as(name)
        .isEqualTo(
            List.of(
                Long.parseLong((String) expected.get("min_time_ms")),
                Long.parseLong((String) expected.get("max_time_ms"))));
  }
}
