package io.narthex.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Outputs are those of promtool 3.14. */
final class PromqlCommandsTest {
  private static Tool promql(String... args) {
    List<String> all = new ArrayList<>(List.of("--experimental", "promql"));
    all.addAll(List.of(args));
    return Tool.run(all.toArray(String[]::new));
  }

  @Test
  void formatsInOneLineWhatFitsAndOpensUpWhatDoesNot() {
    assertThat(promql("format", "sum(x)by(a)# all")).isEqualTo(new Tool(0, "sum by (a) (x)\n", ""));
    String left = "x".repeat(50);
    String right = "y".repeat(52);
    assertThat(
            promql("format", "sum by (a,b)(rate(" + left + "[5m])) / on(a) group_left " + right)
                .out())
        .isEqualTo(
            "  sum by (a, b) (rate(" + left + "[5m]))\n/ on (a) group_left ()\n  " + right + "\n");
  }

  @Test
  void asksForTheFlagOfExperimentalCommands() {
    assertThat(Tool.run("promql", "format", "x"))
        .isEqualTo(
            new Tool(
                1,
                "",
                "This command is experimental and requires the --experimental flag to be set.\n"));
    assertThat(Tool.run("promql", "format", "x", "--experimental").out()).isEqualTo("x\n");
  }

  @Test
  void saysWhatCannotBeParsed() {
    assertThat(promql("format", "sum("))
        .isEqualTo(new Tool(1, "", "1:5: parse error: unclosed left parenthesis\n"));
    assertThat(promql("format", "").err())
        .isEqualTo("unknown position: parse error: no expression found in input\n");
  }

  @Test
  void knowsTheFeaturesThatAreSwitchedOn() {
    assertThat(promql("format", "sort_by_label(x, \"a\")").err())
        .isEqualTo("1:1: parse error: function \"sort_by_label\" is not enabled\n");
    String feature = "--enable-feature=promql-experimental-functions,promql-delayed-name-removal";
    assertThat(promql("format", feature, "sort_by_label(x, \"a\")"))
        .isEqualTo(new Tool(0, "sort_by_label(x, \"a\")\n", ""));
    assertThat(
            promql(
                    "format",
                    "--enable-feature=promql-extended-range-selectors",
                    "rate(x[5m] anchored)")
                .code())
        .isZero();
    assertThat(promql("format", "--enable-feature=nonsense", "x"))
        .isEqualTo(
            new Tool(0, "x\n", "WARNING: Unknown feature passed to --enable-feature: nonsense\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          sum(x{a="1"}) + y{b="2", a!="4"} ; =~ ; a        ; b|c ; sum(x{a=~"b|c"}) + y{a=~"b|c",b="2"}
          sum(x{a="1"}) + y                ; =  ; __name__ ; b   ; sum(x{__name__="b",a="1"}) + y{__name__="b"}
          rate(x[5m] offset 1h)            ; !~ ; a        ; b.* ; rate(x{a!~"b.*"}[5m] offset 1h)
          max_over_time((-x)[1h:5m])       ; != ; a        ; b   ; max_over_time((-x{a!="b"})[1h:5m])
          topk(scalar(n), x)               ; =  ; a        ; b   ; topk(scalar(n{a="b"}), x{a="b"})
          1                                ; =  ; a        ; b   ; 1
          """)
  void givesEverySelectorAMatcher(
      String query, String type, String name, String value, String expected) {
    assertThat(promql("label-matchers", "set", "-t", type, query, name, value))
        .isEqualTo(new Tool(0, expected + "\n", ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          sum(x{a="1", c="2"}) + y{b="2", a!="4"} ; a        ; sum(x{c="2"}) + y{b="2"}
          x{a="1"}                                ; a        ; x
          x{a=~"1.*", a!="12", a!="13"}           ; a        ; x
          x{a="1"}                                ; __name__ ; x{a="1"}
          """)
  void takesMatchersAway(String query, String name, String expected) {
    assertThat(promql("label-matchers", "delete", query, name))
        .isEqualTo(new Tool(0, expected + "\n", ""));
  }

  @Test
  void refusesMatchersThatCannotBe() {
    assertThat(promql("label-matchers", "set", "-t", "=~", "x", "a", "(").err())
        .startsWith("error parsing regexp: missing closing )")
        .hasLineCount(1);
    assertThat(promql("label-matchers", "set", "--type=~", "x", "a", "b").err())
        .contains("enum value must be one of =,!=,=~,!~, got '~'");
  }
}
