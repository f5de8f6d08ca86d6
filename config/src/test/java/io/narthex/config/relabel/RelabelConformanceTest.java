package io.narthex.config.relabel;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.config.ConfigLoader;
import io.narthex.config.Conformance;
import io.narthex.config.LoadOptions;
import io.narthex.config.NameValidation;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.LabelsBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class RelabelConformanceTest {
  @TestFactory
  Stream<DynamicTest> labelSetsAfterRules() throws IOException {
    Path folder = Conformance.folder("relabel");
    return Conformance.rows(folder.resolve("relabel.jsonl")).stream()
        .map(row -> DynamicTest.dynamicTest(row.get("input").toString(), () -> check(row)));
  }

  @TestFactory
  Stream<DynamicTest> rulesAreAcceptedOrRefused() throws IOException {
    Path folder = Conformance.folder("relabel");
    return Conformance.rows(folder.resolve("validate.jsonl")).stream()
        .map(row -> DynamicTest.dynamicTest(row.get("config").toString(), () -> validate(row)));
  }

  /** The rows speak of rules without defaults, so every key is written out. */
  private static void validate(Map<String, Object> row) {
    Map<?, ?> config = (Map<?, ?>) row.get("config");
    StringBuilder yaml = new StringBuilder();
    if ("legacy".equals(config.get("name_validation_scheme"))) {
      yaml.append("global: {metric_name_validation_scheme: legacy}\n");
    }
    yaml.append("scrape_configs:\n- job_name: x\n  metric_relabel_configs:\n  - ");
    String action = text(config, "action");
    yaml.append(action.isEmpty() ? "action: null\n" : "action: " + action + "\n");
    for (String key : List.of("source_labels", "separator", "regex", "modulus")) {
      if (config.get(key) != null) {
        yaml.append("    ").append(key).append(": ").append(flow(config.get(key))).append('\n');
      }
    }
    for (String key : List.of("target_label", "replacement")) {
      yaml.append("    ").append(key).append(": '").append(text(config, key)).append("'\n");
    }
    String expected = String.valueOf(row.get("error_contains"));
    Throwable error =
        org.assertj.core.api.Assertions.catchThrowable(
            () ->
                ConfigLoader.parse(
                    yaml.toString(), Path.of("x.yml"), new LoadOptions(false, Map.of())));
    if (Boolean.TRUE.equals(row.get("ok"))) {
      assertThat(error).as(yaml.toString()).isNull();
    } else {
      assertThat(error).as(yaml.toString()).hasMessageContaining(expected);
    }
  }

  private static String flow(Object value) {
    return value instanceof List<?> ? value.toString() : "'" + value + "'";
  }

  @TestFactory
  Stream<DynamicTest> textComesBackUnchanged() throws IOException {
    Path folder = Conformance.folder("relabel");
    return Conformance.rows(folder.resolve("yaml_roundtrip.jsonl")).stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.get("name").toString(),
                    () -> {
                      String text = row.get("yaml").toString();
                      String rule = "  - " + text.strip().replace("\n", "\n    ") + "\n";
                      String yaml =
                          "scrape_configs:\n- job_name: x\n  metric_relabel_configs:\n" + rule;
                      assertThat(
                              ConfigLoader.parse(
                                      yaml, Path.of("x.yml"), new LoadOptions(false, Map.of()))
                                  .toYaml())
                          .contains("  metric_relabel_configs:\n" + rule);
                    }));
  }

  @TestFactory
  Stream<DynamicTest> legacyTargetLabels() throws IOException {
    Path folder = Conformance.folder("relabel");
    return Conformance.rows(folder.resolve("legacy_target_label.jsonl")).stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.get("target_label").toString(),
                    () -> {
                      String yaml =
                          "global: {metric_name_validation_scheme: legacy}\n"
                              + "scrape_configs:\n- job_name: x\n  relabel_configs:\n"
                              + "  - target_label: '"
                              + row.get("target_label")
                              + "'\n";
                      Throwable error =
                          org.assertj.core.api.Assertions.catchThrowable(
                              () ->
                                  ConfigLoader.parse(
                                      yaml, Path.of("x.yml"), new LoadOptions(false, Map.of())));
                      assertThat(error == null).isEqualTo(row.get("valid"));
                    }));
  }

  private static void check(Map<String, Object> row) {
    List<RelabelConfig> rules = new ArrayList<>();
    for (Object each : (List<?>) row.get("relabel")) {
      rules.add(rule((Map<?, ?>) each));
    }
    Optional<Labels> output =
        new Relabeler(rules, NameValidation.UTF8).apply(labels(row.get("input")));
    assertThat(output.isEmpty()).isEqualTo(Boolean.TRUE.equals(row.get("drop")));
    output.ifPresent(labels -> assertThat(labels).isEqualTo(labels(row.get("output"))));
  }

  private static RelabelConfig rule(Map<?, ?> rule) {
    List<String> sources = new ArrayList<>();
    if (rule.get("source_labels") instanceof List<?> names) {
      names.forEach(name -> sources.add(name.toString()));
    }
    return new RelabelConfig(
        sources,
        text(rule, "separator"),
        text(rule, "regex"),
        rule.get("modulus") instanceof Long modulus ? modulus : 0,
        text(rule, "target_label"),
        text(rule, "replacement"),
        RelabelAction.parse(text(rule, "action")).orElseThrow());
  }

  private static String text(Map<?, ?> rule, String name) {
    Object value = rule.get(name);
    return value == null ? "" : value.toString();
  }

  private static Labels labels(Object map) {
    LabelsBuilder builder = new LabelsBuilder();
    if (map instanceof Map<?, ?> labels) {
      labels.forEach((name, value) -> builder.set(name.toString(), value.toString()));
    }
    return builder.labels();
  }
}
