package io.narthex.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** The backfills of the shared conformance data. */
final class BackfillConformanceTest {
  @TempDir private Path folder;

  private static Object value(JsonParser in) {
    return switch (in.currentToken()) {
      case START_OBJECT -> {
        Map<String, Object> map = new LinkedHashMap<>();
        while (in.nextToken() != JsonToken.END_OBJECT) {
          String name = in.currentName();
          in.nextToken();
          map.put(name, value(in));
        }
        yield map;
      }
      case START_ARRAY -> {
        List<Object> list = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
          list.add(value(in));
        }
        yield list;
      }
      default -> in.getString() == null ? "null" : in.getString();
    };
  }

  @Test
  void makesTheBlocksAndSamplesThatAreExpected() throws Exception {
    String shared = System.getenv("NARTHEX_CONFORMANCE");
    Path file =
        (shared == null
                ? Path.of(System.getProperty("narthex.root"), "../shared/conformance")
                : Path.of(shared))
            .resolve("tsdb/backfill.jsonl");
    assumeTrue(Files.exists(file), file + " is absent");
    int n = 0;
    for (String line : Files.readAllLines(file)) {
      Map<?, ?> test;
      try (JsonParser in =
          JsonFactory.builder().build().createParser(ObjectReadContext.empty(), line)) {
        in.nextToken();
        test = (Map<?, ?>) value(in);
      }
      check(test, Files.createDirectory(folder.resolve("case" + n++)));
    }
    assertThat(n).isEqualTo(18);
  }

  private static void check(Map<?, ?> test, Path at) throws Exception {
    Path input = Files.writeString(at.resolve("in.txt"), (String) test.get("openmetrics"));
    String data = at.resolve("data").toString();
    List<String> args = new ArrayList<>(List.of("tsdb", "create-blocks-from", "openmetrics"));
    if (!test.get("max_block_duration_ns").equals("null")) {
      args.add("--max-block-duration=" + test.get("max_block_duration_ns") + "ns");
    }
    ((Map<?, ?>) test.get("extra_labels"))
        .forEach((name, label) -> args.add("--label=" + name + "=" + label));
    args.addAll(List.of(input.toString(), data));
    Tool made = Tool.run(args.toArray(String[]::new));
    String name = (String) test.get("name");
    if (test.get("ok").equals("false")) {
      assertThat(made.code()).as(name).isEqualTo(1);
      assertThat(made.err()).as(name).hasLineCount(1);
      return;
    }
    assertThat(made.code()).as(name + made.err()).isZero();
    Map<?, ?> expected = (Map<?, ?>) test.get("expected");
    long blocks = Tool.run("tsdb", "list", data).out().lines().count() - 1;
    assertThat(blocks).as(name).isEqualTo(Long.parseLong((String) expected.get("blocks")));
    long samples = blocks == 0 ? 0 : Tool.run("tsdb", "dump", data).out().lines().count();
    assertThat(samples).as(name).isEqualTo(((List<?>) expected.get("samples")).size());
  }
}
