package io.narthex.promqltest;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.promql.Engine;
import io.narthex.promqltest.ScriptRunner.Outcome;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our own scripts, all of which pass. */
final class OwnScriptsTest {
  @ParameterizedTest
  @ValueSource(strings = {"core", "expectations", "series-notation"})
  void passes(String name) throws URISyntaxException {
    URI script = OwnScriptsTest.class.getResource("/ours/" + name + ".test").toURI();
    List<String> wrong = new ArrayList<>();
    List<Outcome> outcomes;
    try (Engine engine = SharedScripts.engine()) {
      outcomes = SharedScripts.run(Path.of(script), engine);
    }
    for (Outcome outcome : outcomes) {
      if (!outcome.passed()) {
        wrong.add(outcome.toString());
      }
    }
    assertThat(outcomes).isNotEmpty();
    assertThat(wrong).isEmpty();
  }
}
