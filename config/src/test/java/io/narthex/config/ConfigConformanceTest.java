package io.narthex.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ConfigConformanceTest {
  @TestFactory
  Stream<DynamicTest> verdictAndMessageOfEveryFile() throws IOException {
    Path folder = Conformance.folder("config");
    return Conformance.rows(folder.resolve("index.jsonl")).stream()
        .map(row -> DynamicTest.dynamicTest(row.get("file").toString(), () -> check(folder, row)));
  }

  private static void check(Path folder, Map<String, Object> row) throws Exception {
    Path file = folder.resolve(row.get("file").toString());
    LoadOptions options =
        new LoadOptions(Boolean.TRUE.equals(row.get("agent")), Map.of("TEST", "TestValue"));
    if ("target-group".equals(row.get("kind"))) {
      assertThatThrownBy(
              () -> ConfigLoader.parseTargetGroups(Files.readString(file), file.toString()))
          .isInstanceOf(ConfigException.class);
    } else if (Boolean.TRUE.equals(row.get("ok"))) {
      Config config = ConfigLoader.load(file, options);
      checkExpected(config, row.get("expect"));
    } else {
      assertThatThrownBy(() -> ConfigLoader.load(file, options))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining(row.get("error_contains").toString())
          .satisfies(e -> checkAlsoContains(e, row));
    }
  }

  private static void checkAlsoContains(Throwable error, Map<String, Object> row) {
    if (row.get("also_contains") instanceof List<?> texts) {
      for (Object text : texts) {
        assertThat(error).hasMessageContaining(text.toString());
      }
    }
  }

  /** Expected values by path; the rows of other forms have tests of their own. */
  private static void checkExpected(Config config, Object expected) throws Exception {
    if (!(expected instanceof Map<?, ?> map)) {
      return;
    }
    String yaml = config.toYaml();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      String key = entry.getKey().toString();
      switch (key) {
        case "expected model" -> {}
        case "count of <secret> when re-serialised" ->
            assertThat((long) yaml.split("<secret>", -1).length - 1).isEqualTo(entry.getValue());
        case "re-serialised text must not contain" ->
            assertThat(yaml).doesNotContain(entry.getValue().toString());
        case "serialise then load" -> {
          Config again = ConfigLoader.parse(yaml, Path.of("x.yml"), LoadOptions.server());
          assertThat(again.toYaml()).isEqualTo(yaml);
        }
        default -> {
          if (!key.startsWith("env ")) {
            checkPath(yaml, key, entry.getValue());
          }
        }
      }
    }
  }

  private static void checkPath(String yaml, String path, Object expected) {
    String key = path.substring(path.lastIndexOf('.') + 1);
    List<String> lines =
        yaml.lines().map(String::strip).filter(line -> line.startsWith(key + ":")).toList();
    int index = path.startsWith("remote_write[1]") ? 1 : 0;
    if (expected instanceof List<?> list) {
      StringBuilder block = new StringBuilder(key + ":\n");
      list.forEach(element -> block.append("  - ").append(element).append('\n'));
      assertThat(yaml).contains(block);
    } else if (expected.equals(false) && lines.size() <= index) {
      assertThat(yaml).doesNotContain(key + ": true\n\n");
    } else {
      String last = lines.get(path.startsWith("scrape_configs") ? lines.size() - 1 : index);
      assertThat(last).isEqualTo(key + ": " + expected);
    }
  }

  @Test
  void externalLabelsTakeEnvironmentVariables() throws Exception {
    Path file = Conformance.folder("config").resolve("prometheus/external_labels.good.yml");
    Config unset = ConfigLoader.load(file, new LoadOptions(false, Map.of()));
    Config set = ConfigLoader.load(file, new LoadOptions(false, Map.of("TEST", "TestValue")));

    assertThat(unset.global().externalLabels())
        .hasToString(
            "{bar=\"foo\", baz=\"foobar\", foo=\"\", qux=\"foo${TEST}\", xyz=\"foo$bar\"}");
    assertThat(set.global().externalLabels())
        .hasToString(
            "{bar=\"foo\", baz=\"fooTestValuebar\", foo=\"TestValue\", qux=\"foo${TEST}\","
                + " xyz=\"foo$bar\"}");
  }

  @TestFactory
  Stream<DynamicTest> inlineTexts() throws IOException {
    Path folder = Conformance.folder("config");
    return Conformance.rows(folder.resolve("inline.jsonl")).stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    "text " + row.get("yaml"),
                    () -> {
                      Config config =
                          ConfigLoader.parse(
                              row.get("yaml").toString(),
                              Path.of("inline.yml"),
                              new LoadOptions(false, Map.of()));
                      if (!row.get("yaml").toString().contains("remote_write")) {
                        checkExpected(config, row.get("expect"));
                      } else {
                        assertThat(config.remoteWrite())
                            .extracting(RemoteWriteConfig::failedRequestLogging)
                            .containsExactly(true, false);
                      }
                    }));
  }

  @TestFactory
  Stream<DynamicTest> examplesLoad() throws IOException {
    Path folder = Conformance.folder("config").resolve("examples");
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("prometheus"))
          .sorted()
          .toList()
          .stream()
          .map(
              file ->
                  DynamicTest.dynamicTest(
                      file.getFileName().toString(),
                      () -> {
                        boolean agent = file.endsWith("prometheus-agent.yml");
                        assertThatCode(
                                () -> ConfigLoader.load(file, new LoadOptions(agent, Map.of())))
                            .doesNotThrowAnyException();
                      }));
    }
  }
}
