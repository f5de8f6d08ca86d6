package io.narthex.promqltest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.narthex.promql.Engine;
import io.narthex.promqltest.ScriptRunner.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs the shared scripts in place. What does not pass yet is listed; the list is strict, so an
 * evaluation that starts to pass must leave it.
 */
final class SharedScriptsTest {
  @BeforeEach
  void dataIsThere() {
    assumeTrue(
        Files.isDirectory(SharedScripts.folder()),
        () -> "no conformance data at " + SharedScripts.folder());
  }

  @TestFactory
  Stream<DynamicTest> everyScript() throws IOException {
    if (!Files.isDirectory(SharedScripts.folder())) {
      return Stream.empty();
    }
    Map<String, String> listed = NotPassing.read();
    return SharedScripts.files().stream()
        .map(
            file ->
                DynamicTest.dynamicTest(file.getFileName().toString(), () -> run(file, listed)));
  }

  private static void run(Path file, Map<String, String> listed) {
    List<String> wrong = new ArrayList<>();
    int passed = 0;
    List<Outcome> outcomes;
    try (Engine engine = SharedScripts.engine()) {
      outcomes = SharedScripts.run(file, engine);
    }
    for (Outcome outcome : outcomes) {
      passed += outcome.passed() ? 1 : 0;
      boolean isListed = listed.containsKey(NotPassing.key(outcome));
      if (outcome.passed() == isListed) {
        wrong.add(isListed ? outcome + " passes now: take it off the list" : outcome.toString());
      }
    }
    System.out.println(file.getFileName() + ": " + passed + " of " + outcomes.size() + " pass");
    assertThat(wrong).isEmpty();
  }

  @Test
  void theListNamesOnlyEvaluationsThatExist() throws IOException, ScriptException {
    Set<String> known = new HashSet<>();
    for (Path file : SharedScripts.files()) {
      for (ScriptStep step : TestScript.read(file).steps()) {
        known.add(file.getFileName() + ":" + step.line());
      }
    }
    assertThat(NotPassing.read().keySet()).isSubsetOf(known);
  }

  @Test
  void readsEveryEvaluation() throws IOException, ScriptException {
    int evaluations = 0;
    for (Path file : SharedScripts.files()) {
      for (ScriptStep step : TestScript.read(file).steps()) {
        evaluations += step instanceof Evaluation ? 1 : 0;
      }
    }
    assertThat(evaluations).isGreaterThanOrEqualTo(2_200);
  }
}
