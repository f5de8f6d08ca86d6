package io.narthex.model.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegexMatcherTest {
  private static final String[] ATOMS = {
    "a",
    "b",
    "ab",
    "foo",
    "k",
    "K",
    "-",
    "\\.",
    ".",
    ".*",
    ".+",
    ".?",
    "[ab]",
    "[^a]",
    "[a-c0-9]",
    "\\d",
    "\\w+",
    "(a|b)",
    "(?:foo|bar)",
    "(?i)",
    "(?i:k)",
    "a{2}",
    "b{1,3}",
    "(ab){0,2}",
    "a?",
    "(x*)",
    "",
    "é",
    "\\s",
    "[^\\d]",
    "(?-s).",
    "\\pL",
    "^",
    "$",
    "a*?",
    "(?P<n>b)",
    "\n"
  };
  private static final String[] TEXTS = {
    "a", "b", "ab", "foo", "bar", "k", "K", "-", ".", "x", "0", "9", "é", "\u212a", "\n", " ", "😀",
    "FOO", "_"
  };

  @Test
  void everyWayGivesTheAnswerOfTheEngine() {
    long seed = 20261121;
    SplittableRandom random = new SplittableRandom(seed);
    int patterns = 0;
    while (patterns < 30_000) {
      String source = randomPattern(random);
      Pattern reference;
      try {
        reference = Pattern.compile("^(?s:" + source + ")$");
        Pattern.compile(source);
      } catch (PatternSyntaxException e) {
        continue;
      }
      patterns++;
      RegexMatcher matcher = RegexMatcher.compile(source);
      for (int i = 0; i < 12; i++) {
        String text = randomText(random);
        boolean expected = reference.matches(text);
        assertThat(matcher.matches(text)).as("/%s/ on \"%s\"", source, text).isEqualTo(expected);
        if (expected) {
          assertThat(text).as("/%s/", source).startsWith(matcher.prefix());
          matcher.setMatches().ifPresent(set -> assertThat(set).as(source).contains(text));
        }
      }
      matcher
          .setMatches()
          .ifPresent(
              set -> set.forEach(text -> assertThat(reference.matches(text)).as(source).isTrue()));
    }
  }

  private static String randomPattern(SplittableRandom random) {
    StringBuilder out = new StringBuilder();
    int branches = random.nextInt(4) == 0 ? random.nextInt(2, 5) : 1;
    for (int branch = 0; branch < branches; branch++) {
      out.append(branch == 0 ? "" : "|");
      for (int i = random.nextInt(5); i > 0; i--) {
        out.append(ATOMS[random.nextInt(ATOMS.length)]);
      }
    }
    return out.toString();
  }

  private static String randomText(SplittableRandom random) {
    StringBuilder out = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      out.append(TEXTS[random.nextInt(TEXTS.length)]);
    }
    return out.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "foo foo",
        "foo|bar foo,bar",
        "(foo|bar)-[ab] foo-a,foo-b,bar-a,bar-b",
        "^foo$ foo",
        "ab? a,ab",
        "1[0-2] 10,11,12",
        "a\\.b a.b",
      })
  void listsFiniteSets(String source, String texts) {
    assertThat(RegexMatcher.compile(source).setMatches().orElseThrow())
        .containsExactlyInAnyOrder(texts.split(","));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.*", "a+", "(?i)a", "[^a]", ".", "é+", "\\w", "[a-z]{5}"})
  void listsNoOtherSets(String source) {
    assertThat(RegexMatcher.compile(source).setMatches().filter(set -> set.size() < 2)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "foo.*, foo",
    "foo|fob, fo",
    "(foo|fob).+x, fo",
    "f+, f",
    ".*foo, ''",
    "(?i)foo.*, ''",
  })
  void knowsCommonPrefixes(String source, String prefix) {
    assertThat(RegexMatcher.compile(source).prefix()).isEqualTo(prefix);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "foo(bar ~ missing closing ): `foo(bar`",
        "foo)bar ~ unexpected ): `foo)bar`",
        "[a ~ missing closing ]: `[a`",
        "*a ~ missing argument to repetition operator: `*`",
        "a** ~ invalid nested repetition operator: `**`",
        "\\y ~ invalid escape sequence: `\\y`",
        "a{1001} ~ invalid repeat count: `{1001}`",
        "[z-a] ~ invalid character class range: `z-a`",
        "(?P<n ~ invalid named capture: `(?P<n`",
        "(?z) ~ invalid or unsupported Perl syntax: `(?z`",
        "(?i)(?s ~ invalid or unsupported Perl syntax: `(?s`",
        "a{2}{3} ~ invalid nested repetition operator: `{2}{3}`",
        "[[:foo:]] ~ invalid character class range: `[:foo:]`",
        "a\\ ~ trailing backslash at end of expression: ``",
      })
  void refusesWithGosWords(String source, String message) {
    assertThatThrownBy(() -> RegexMatcher.compile(source))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("error parsing regexp: " + message);
  }

  @Test
  void longAlternationsAreSets() {
    StringBuilder source = new StringBuilder("value-0");
    for (int i = 1; i < 5000; i++) {
      source.append("|value-").append(i);
    }
    RegexMatcher matcher = RegexMatcher.compile(source.toString());
    assertThat(matcher.setMatches().orElseThrow()).hasSize(5000);
    assertThat(matcher.matches("value-4999")).isTrue();
    assertThat(matcher.matches("value-5000")).isFalse();
  }
}
