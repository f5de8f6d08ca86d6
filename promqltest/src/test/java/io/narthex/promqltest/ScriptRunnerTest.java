package io.narthex.promqltest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.promql.Engine;
import io.narthex.promql.syntax.SequenceValue;
import io.narthex.promql.syntax.SequenceValue.FloatValue;
import io.narthex.promql.syntax.SequenceValue.HistogramValue;
import io.narthex.promqltest.Expectation.Result;
import io.narthex.promqltest.Expectation.Series;
import io.narthex.promqltest.ScriptRunner.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScriptRunnerTest {
  private static final Engine ENGINE = SharedScripts.engine();

  private static final String LOAD =
      """
      load 1m
        x{a="1"} 1+1x10
        x{a="2"} 2+2x10
        h        {{count:4 sum:5 buckets:[1 2 1]}}x10

      """;

  @AfterAll
  static void closeEngine() {
    ENGINE.close();
  }

  private static List<Outcome> run(String script) throws ScriptException {
    return new ScriptRunner(ENGINE, MemoryStorage::new).run(TestScript.parse("s", script));
  }

  /** Expectations that do not hold, and what is said about them. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          eval instant at 1m x{a="1"};x{a="1"} 3                | expected {__name__="x", a="1"} 3, got 2
          eval instant at 1m x{a="1"};x{a="2"} 2                | unexpected {__name__="x", a="1"} 2
          eval instant at 1m x{a="1"};x{a="1"} 2;x{a="3"} 2     | expected {__name__="x", a="3"} 2, got no such series
          eval instant at 1m x                                  | expected nothing
          eval instant at 1m 1;2                                | expected 2, got 1
          eval instant at 1m 1;x 1                              | expected vector, got scalar 1
          eval instant at 1m x;1                                | expected scalar, got vector
          eval instant at 1m "a";expect string "b"              | expected string "b", got "a"
          eval instant at 1m sort(x);expect ordered;x{a="2"} 4;x{a="1"} 2 | expected {__name__="x", a="1"} at position 2, got it at 1
          eval instant at 1m x;expect fail                      | expected an error, got vector
          eval instant at 1m rate(x);expect fail msg: nonsense  | expected error nonsense, got error: 1:6: parse error
          eval instant at 1m rate(x)                            | expected a result, got error: 1:6: parse error
          eval instant at 1m sum(x);expect warn;{} 6            | expected warn annotation any text, got []
          eval instant at 1m sum(x);expect info regex: a.b;{} 6 | expected info annotation /a.b/, got []
          eval instant at 1m quantile(2, x);expect no_warn;{} Inf | expected no warn annotation, got [PromQL warning
          eval instant at 1m quantile(2, x);expect warn msg: other;{} Inf | expected warn annotation other, got [PromQL warning
          eval instant at 1m h;h {{count:4 sum:6 buckets:[1 2 1]}} | expected {__name__="h"} {{count:4 sum:6
          eval instant at 1m h;h {{count:4 sum:5 buckets:[1 2 2]}} | expected {__name__="h"} {{count:4 sum:5
          eval instant at 1m h;h {{count:4 sum:5 buckets:[1 2 1] counter_reset_hint:gauge}} | expected {__name__="h"}
          eval instant at 1m h;h 5                              | expected {__name__="h"} 5, got {{
          eval range from 0 to 2m step 1m x{a="1"};x{a="1"} 1 2 | got more
          eval range from 0 to 2m step 1m x{a="1"};x{a="1"} 1 2 4 | differs at 120000 ms
          eval range from 0 to 2m step 1m x{a="1"};x{a="1"} 1 _ 3 | differs at 120000 ms
          eval range from 0 to 2m step 1m x{a="1"};x{a="1"} 1 2 3 4 | differs at 180000 ms
          eval instant at 1m x{a="1"}[1m];expect range vector from 0s to 1m step 1m;x{a="1"} 1 2 | differs at 0 ms
          """)
  void tellsWhatIsNotAsExpected(String lines, String failure) throws ScriptException {
    List<Outcome> outcomes = run(LOAD + lines.replace(';', '\n'));
    assertThat(outcomes).hasSize(1);
    assertThat(outcomes.getFirst().failure())
        .hasValueSatisfying(f -> assertThat(f).contains(failure));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          nonsense                       | line 1: invalid command "nonsense"; expected load, clear or eval
          load                           | line 1: invalid load command; expected load[_with_nhcb] <step>
          load 1x                        | line 1: invalid step definition "1x"
          load 1m;x{ 1                   | line 2: 1:4: parse error
          load 1m;x@st 0s                | line 2: @st line has no line of samples behind it
          load 1m;x@st 0s;x 1 2          | line 3: the @st line before has 1 values, this one has 2
          load 1m;x@st 0s;y 1            | line 3: the @st line before is for another series
          load 1m;x@st 0q;x 1            | line 2: invalid start time
          eval at 1m x                   | line 1: invalid evaluation
          eval instant at 1m x;x 1 2     | line 2: expecting multiple values in instant evaluation not allowed
          eval range from 2m to 1m step 1m x | line 1: end timestamp (1m) is before start timestamp (2m)
          eval instant at 1m x;expect nothing | line 2: invalid expect statement
          eval instant at 1m x;expect warn;expect no_warn | cannot be expected together
          eval instant at 1m x;expect fail;expect fail | more than one expect fail line
          eval instant at 1m x;expect fail regex: ( | line 2: invalid regex
          eval instant at 1m x;expect string y | line 2: expect string needs a string
          """)
  void namesTheLineOfAScriptThatMakesNoSense(String lines, String message) {
    assertThatThrownBy(() -> TestScript.parse("s", lines.replace(';', '\n')))
        .isInstanceOf(ScriptException.class)
        .hasMessageContaining(message);
  }

  @Test
  void goesOnBehindAnEvaluationThatFails() throws ScriptException {
    List<Outcome> outcomes = run(LOAD + "eval instant at 1m 1\n  2\n\neval instant at 1m 1\n  1\n");
    assertThat(outcomes).extracting(Outcome::passed).containsExactly(false, true);
    assertThat(outcomes).extracting(Outcome::line).containsExactly(6, 9);
  }

  @Test
  void noticesEveryWrongValueInTheSharedScripts() throws IOException, ScriptException {
    assumeTrue(Files.isDirectory(SharedScripts.folder()), "no conformance data");
    List<Outcome> unnoticed = new ArrayList<>();
    for (Path file : SharedScripts.files()) {
      TestScript script = TestScript.read(file);
      List<ScriptStep> changed = new ArrayList<>();
      for (ScriptStep step : script.steps()) {
        if (step instanceof Evaluation evaluation) {
          spoil(evaluation, changed);
        } else {
          changed.add(step);
        }
      }
      ScriptRunner runner = new ScriptRunner(ENGINE, MemoryStorage::new);
      for (Outcome outcome : runner.run(new TestScript(script.name(), changed))) {
        if (outcome.passed()) {
          unnoticed.add(outcome);
        }
      }
    }
    assertThat(unnoticed).isEmpty();
  }

  /** Adds the evaluation with one wrong value, unless it has none. */
  private static void spoil(Evaluation evaluation, List<ScriptStep> into) {
    Result wrong =
        switch (evaluation.result()) {
          case Result.Scalar(double value) -> new Result.Scalar(other(value));
          case Result.Text(String text) -> new Result.Text(text + "x");
          case Result.Vector(List<Series> series) -> new Result.Vector(spoil(series));
          case Result.RangeVector(var time, List<Series> series) ->
              new Result.RangeVector(time, spoil(series));
        };
    if (!evaluation.mustFail() && !wrong.equals(evaluation.result())) {
      into.add(
          new Evaluation(
              evaluation.line(), evaluation.query(), evaluation.time(), evaluation.notes(), wrong));
    }
  }

  private static List<Series> spoil(List<Series> series) {
    if (series.isEmpty() || series.getLast().values().isEmpty()) {
      return series;
    }
    List<Series> spoilt = new ArrayList<>(series);
    List<SequenceValue> values = new ArrayList<>(series.getLast().values());
    values.set(values.size() - 1, other(values.getLast()));
    spoilt.set(series.size() - 1, new Series(series.getLast().labels(), values));
    return spoilt;
  }

  private static SequenceValue other(SequenceValue value) {
    return switch (value) {
      case SequenceValue.Gap _ -> new FloatValue(1);
      case FloatValue(double number) -> new FloatValue(other(number));
      case HistogramValue(FloatHistogram histogram, boolean hint) ->
          new HistogramValue(
              new FloatHistogram(
                  histogram.counterResetHint(),
                  histogram.schema(),
                  histogram.zeroThreshold(),
                  histogram.zeroCount(),
                  histogram.count(),
                  other(histogram.sum()),
                  histogram.positiveSpans(),
                  histogram.positiveCounts(),
                  histogram.negativeSpans(),
                  histogram.negativeCounts(),
                  histogram.customValues()),
              hint);
    };
  }

  private static double other(double value) {
    return Double.isFinite(value) ? value + Math.abs(value) * 0.001 + 0.001 : 12345;
  }
}
