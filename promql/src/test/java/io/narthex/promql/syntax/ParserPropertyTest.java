package io.narthex.promql.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ParserPropertyTest {
  private static final int QUERIES = 4_000;

  @Test
  void whatIsPrintedParsesToItself() throws ParseException {
    for (long seed = 0; seed < QUERIES; seed++) {
      String query = new RandomQueries(seed).vector(4);
      String printed = parse(query, seed).toString();
      assertThat(parse(printed, seed).toString()).as("seed " + seed).isEqualTo(printed);
    }
  }

  @Test
  void whatIsPrettifiedParsesToTheSame() throws ParseException {
    for (long seed = 0; seed < QUERIES; seed++) {
      Expr expr = parse(new RandomQueries(seed).vector(4), seed);
      String pretty = Prettifier.pretty(expr, 30);
      assertThat(parse(pretty, seed)).as("seed " + seed).hasToString(expr.toString());
    }
  }

  private static Expr parse(String query, long seed) throws ParseException {
    try {
      return Parser.parse(query, ParserFeatures.ALL);
    } catch (ParseException e) {
      throw new AssertionError("seed " + seed + ": " + query, e);
    }
  }

  @Test
  void positionsLieWithinTheTextAndContainThoseOfTheParts() {
    for (long seed = 0; seed < QUERIES; seed++) {
      String query = new RandomQueries(seed).vector(3);
      try {
        Expr expr = Parser.parse(query, ParserFeatures.ALL);
        int length = query.getBytes(StandardCharsets.UTF_8).length;
        assertThat(expr.position().start()).isBetween(0, expr.position().end());
        assertThat(expr.position().end()).isBetween(expr.position().start(), length);
      } catch (ParseException e) {
        throw new AssertionError("seed " + seed + ": " + query, e);
      }
    }
  }

  @Test
  void anyTextIsParsedOrRefused() {
    for (long seed = 0; seed < 5 * QUERIES; seed++) {
      RandomQueries queries = new RandomQueries(seed);
      onlyParseException(queries.garbage().getBytes(StandardCharsets.UTF_8), seed);
      onlyParseException(queries.mutate(queries.vector(2)), seed);
    }
  }

  private static void onlyParseException(byte[] text, long seed) {
    String query = new String(text, StandardCharsets.UTF_8);
    try {
      Parser.parse(text, ParserFeatures.ALL);
      Parser.parse(query, ParserFeatures.STABLE);
    } catch (ParseException e) {
      assertThat(e).hasMessageContaining("parse error: ");
    } catch (RuntimeException e) {
      throw new AssertionError("seed " + seed + ": " + query, e);
    }
    try {
      Parser.parseSelector(query);
      Parser.parseMetric(query);
    } catch (ParseException e) {
      assertThat(e).hasMessageContaining("parse error: ");
    }
    try {
      Parser.parseSeries("x{} " + query);
    } catch (ParseException e) {
      assertThat(e).hasMessageContaining("parse error: ");
    }
  }

  @Test
  void parsesAThousandNestedParentheses() throws ParseException {
    String query = "(".repeat(1_000) + "up" + ")".repeat(1_000);
    assertThat(Parser.parse(query, ParserFeatures.STABLE)).hasToString(query);
  }

  @Test
  void refusesWhatNestsTooDeep() {
    for (String open :
        new String[] {"(", "-", "abs(", "sum(", "2^", "vector(1)+(", "x[5m:1m] @ -"}) {
      String query = open.repeat(100_000) + "up";
      assertThatThrownBy(() -> Parser.parse(query, ParserFeatures.ALL))
          .isInstanceOf(ParseException.class);
    }
    assertThatThrownBy(() -> Parser.parse("-".repeat(2_001) + "up", ParserFeatures.ALL))
        .hasMessage("1:2000: parse error: expression nests more than 2000 levels deep");
    assertThatThrownBy(() -> Parser.parse("up[" + "(".repeat(50_000) + "5m", ParserFeatures.ALL))
        .hasMessageContaining("nests more than 2000 levels deep");
    assertThatThrownBy(() -> Parser.parse("up[1" + "+1".repeat(50_000) + "]", ParserFeatures.ALL))
        .hasMessageContaining("more than 1000 operators in a row");
  }

  @Test
  void parsesVeryLongChainsOfOperators() throws ParseException {
    String query = "up" + " or up".repeat(20_000);
    assertThat(Parser.parse(query, ParserFeatures.STABLE)).hasToString(query);
  }

  @Test
  void nestsAsDeepAsAllowedOnASmallStack() throws InterruptedException {
    String query = "abs(".repeat(1_999) + "up" + ")".repeat(1_999);
    String[] printed = new String[1];
    Thread small =
        new Thread(
            null,
            () -> {
              try {
                printed[0] = Parser.parse(query, ParserFeatures.STABLE).toString();
              } catch (ParseException e) {
                printed[0] = e.getMessage();
              }
            },
            "small stack",
            1 << 20);
    small.start();
    small.join();
    assertThat(printed[0]).isEqualTo(query);
  }
}
