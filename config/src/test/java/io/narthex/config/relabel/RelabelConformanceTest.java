package io.narthex.config.relabel;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.config.Conformance;
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
