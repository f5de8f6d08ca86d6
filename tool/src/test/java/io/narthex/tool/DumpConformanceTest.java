package io.narthex.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.narthex.client.MetricRegistry;
import io.narthex.promql.Engine;
import io.narthex.promqltest.ScriptRunner;
import io.narthex.promqltest.TestScript;
import io.narthex.tsdb.Db;
import io.narthex.tsdb.DbOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dumps of the shared conformance data, of databases that are open and that are closed. */
final class DumpConformanceTest {
  @TempDir private Path folder;

  /** What a dump must print, its lines sorted. */
  private record Expected(List<String> arguments, List<String> lines) {}

  @Test
  void printsTheSamplesAndSeriesThatAreExpected() throws Exception {
    Path file = Conformance.folder("tsdb/promtool_dump.jsonl");
    assumeTrue(Files.exists(file), file + " is absent");
    List<Map<?, ?>> rows = JsonRows.read(file);
    for (int i = 0; i < rows.size(); i++) {
      Map<?, ?> row = rows.get(i);
      check((String) row.get("load"), folder.resolve("case" + i), expected(row, file.getParent()));
    }
    assertThat(rows).hasSize(8);
  }

  private List<Expected> expected(Map<?, ?> row, Path at) throws Exception {
    List<String> flags = new ArrayList<>();
    ((List<?>) row.get("match")).forEach(match -> flags.add("--match=" + match));
    if (row.containsKey("min_time_ms")) {
      flags.add("--min-time=" + row.get("min_time_ms"));
      flags.add("--max-time=" + row.get("max_time_ms"));
    }
    if (((String) row.get("name")).contains("sandbox")) {
      flags.add("--sandbox-dir-root=" + Files.createDirectories(folder.resolve("sandbox")));
    }
    List<Expected> dumps = new ArrayList<>();
    flags.addFirst("dump");
    if (row.get("dump_lines") instanceof List<?> lines) {
      dumps.add(new Expected(List.copyOf(flags), lines.stream().map(String.class::cast).toList()));
    } else {
      dumps.add(new Expected(List.copyOf(flags), lines(at.resolve((String) row.get("dump")))));
      flags.add("--format=seriesjson");
      Path series = at.resolve((String) row.get("dump_series_json"));
      dumps.add(new Expected(List.copyOf(flags), lines(series)));
    }
    return dumps;
  }

  private static List<String> lines(Path file) throws Exception {
    return Files.readAllLines(file).stream().filter(line -> !line.isEmpty()).toList();
  }

  @Test
  void printsTheOpenMetricsThatIsExpected() throws Exception {
    Path file = Conformance.folder("rules/promtool/dump-openmetrics-test.prom");
    assumeTrue(Files.exists(file), file + " is absent");
    String load =
        """
        load 1m
          my_counter{foo="bar", baz="abc"} 1 2 3 4 5
          my_gauge{bar="foo", abc="baz"} 9 8 0 4 7
        """;
    check(
        load,
        folder.resolve("data"),
        List.of(new Expected(List.of("dump-openmetrics"), lines(file))));
  }

  @Test
  void printsTheOpenMetricsThatBlocksWereMadeOf() throws Exception {
    Path file = Conformance.folder("rules/promtool/dump-openmetrics-roundtrip-test.prom");
    assumeTrue(Files.exists(file), file + " is absent");
    String data = folder.resolve("data").toString();
    Tool made = Tool.run("tsdb", "create-blocks-from", "openmetrics", file.toString(), data);
    assertThat(made.code()).as(made.err()).isZero();
    assertThat(Tool.run("tsdb", "dump-openmetrics", data).out().lines())
        .containsExactlyInAnyOrderElementsOf(lines(file));
  }

  private static void check(String load, Path data, List<Expected> dumps) throws Exception {
    Db db = Db.open(DbOptions.of(data), new MetricRegistry());
    db.ready().join();
    try (Engine engine = new Engine(ScriptRunner.engineOptions(), new MetricRegistry())) {
      TestScript script = TestScript.parse("load", load + "\neval instant at 0 1\n  1\n");
      // The runner closes the database at the end.
      new ScriptRunner(engine, () -> db)
          .run(script, outcome -> dumps.forEach(dump -> check(dump, data)));
    }
    dumps.forEach(dump -> check(dump, data));
  }

  private static void check(Expected dump, Path data) {
    List<String> arguments = new ArrayList<>(dump.arguments());
    arguments.addFirst("tsdb");
    arguments.add(data.toString());
    Tool run = Tool.run(arguments.toArray(String[]::new));
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(run.out().lines())
        .as(arguments.toString())
        .containsExactlyInAnyOrderElementsOf(dump.lines());
  }
}
