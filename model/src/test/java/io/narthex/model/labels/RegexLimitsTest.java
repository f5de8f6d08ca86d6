package io.narthex.model.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expressions that would take the engine for ever are refused at once, and no others. */
@Timeout(30)
final class RegexLimitsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "((((a{1,100}){1,100}){1,100}){1,100}) {1,100}",
        "(a{500}){3} {3}",
        "(a{2,}b){501} {501}",
        "((a{0}){1000}){1000} {1000}",
        "([^]{]{40}\\}{2}(?:b|c{30}){40}) {40}"
      })
  void repetitionsOfRepetitionsHaveGosLimit(String regex, String part) {
    assertThatThrownBy(() -> RegexMatcher.compile(regex))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("error parsing regexp: invalid repeat count: `" + part + "`");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(a{500}){2}",
        "(a{10}b{10}){100}",
        "a{1000}",
        "(a{1000}){1,1}",
        "[{9}(]{3}",
        "\\Q((((\\E{2}",
        "\\({1000}",
        "[[:alpha:]]{1000}",
        "x{a}",
        "{5",
        "a{,5}",
        "(a*)*(b+)+c?"
      })
  void othersCompile(String regex) {
    assertThat(RegexMatcher.compile(regex).source()).isEqualTo(regex);
  }

  @Test
  void nestingHasGosLimit() {
    assertThat(RegexMatcher.compile("(".repeat(900) + "a" + ")".repeat(900)).matches("a")).isTrue();
    assertThatThrownBy(() -> RegexMatcher.compile("(".repeat(5000) + "a" + ")".repeat(5000)))
        .hasMessageStartingWith("error parsing regexp: expression nests too deeply: `((((");
  }

  @Test
  void whatCompilesToVeryManyInstructionsIsRefused() {
    assertThatThrownBy(() -> RegexMatcher.compile("[a-z]{1000}".repeat(600)))
        .hasMessageStartingWith("error parsing regexp: expression too large: `[a-z]{1000}[a-z]");
    assertThatThrownBy(() -> RegexMatcher.compile("a".repeat(600_000)))
        .hasMessageStartingWith("error parsing regexp: expression too large");
  }
}
