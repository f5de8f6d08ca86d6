package io.narthex.promql.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.model.labels.Matcher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The shared rows about queries: trees, errors, printed forms, tokens. */
final class ParserConformanceTest {
  /** Rows that are not met, each with its reason. */
  private static final Map<String, String> NOT_MET = Map.of();

  private static final Set<Object> ZEROS =
      Set.of(0.0, false, "null", "", "one-to-one", List.of(), Map.of());

  @Test
  void parsesAndRefusesExpressionsAsPrometheus() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Map<String, Object> row : ConformanceRows.read("expressions.jsonl")) {
      String verdict = expressionVerdict(row);
      boolean listed = NOT_MET.containsKey(String.valueOf(row.get("expr")));
      if (verdict.isEmpty() == listed) {
        wrong.add(row.get("expr") + "\n  " + (listed ? "listed as not met, but is" : verdict));
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static String expressionVerdict(Map<String, Object> row) {
    byte[] text = ConformanceRows.bytes(row.get("expr"));
    try {
      Expr expr = Parser.parse(text, ConformanceRows.features(row));
      if (row.get("ok").equals(false)) {
        return "parsed, expected error " + row.get("error");
      }
      Object expected = withoutZeros(row.get("ast"));
      Object actual = TreeRows.of(expr);
      return expected.equals(actual) ? "" : "expected " + expected + "\n  but was  " + actual;
    } catch (ParseException e) {
      boolean expected = row.get("ok").equals(false) && row.get("error").equals(e.getMessage());
      return expected ? "" : "expected " + row.get("error") + "\n  but was  " + e.getMessage();
    }
  }

  /** The rows hold a few zeros, nulls and defaults beside those left out. */
  private static Object withoutZeros(Object value) {
    if (!(value instanceof Map)) {
      return value instanceof List<?> list
          ? list.stream().map(ParserConformanceTest::withoutZeros).toList()
          : value;
    }
    Map<String, Object> row = ConformanceRows.map(value);
    if (row.containsKey("base64")) {
      return StringEscapes.decode(ConformanceRows.bytes(row));
    }
    Map<String, Object> kept = new LinkedHashMap<>();
    boolean signed = "-".equals(row.get("Op")) && !row.containsKey("LHS");
    for (Map.Entry<String, Object> field : row.entrySet()) {
      Object child = withoutZeros(field.getValue());
      boolean zero = ZEROS.contains(child) && !field.getKey().equals("Val");
      if (!zero && !(signed && field.getKey().equals("EndPos"))) {
        kept.put(field.getKey(), child);
      }
    }
    return kept;
  }

  @Test
  void printsTheCanonicalForm() throws IOException, ParseException {
    for (Map<String, Object> row : ConformanceRows.read("printed.jsonl")) {
      byte[] text = ConformanceRows.bytes(row.get("expr"));
      ParserFeatures features = ConformanceRows.features(row);
      String printed = (String) row.get("printed");
      assertThat(Parser.parse(text, features)).hasToString(printed);
      assertThat(Parser.parse(printed, features)).hasToString(printed);
    }
  }

  @Test
  void printsTheIndentedForm() throws IOException, ParseException {
    for (Map<String, Object> row : ConformanceRows.read("pretty.jsonl")) {
      byte[] text = ConformanceRows.bytes(row.get("expr"));
      ParserFeatures features = ConformanceRows.features(row);
      int limit = ((Double) row.get("max_line")).intValue();
      String pretty = (String) row.get("pretty");
      assertThat(Prettifier.pretty(Parser.parse(text, features), limit)).isEqualTo(pretty);
      assertThat(Prettifier.pretty(Parser.parse(pretty, features), limit)).isEqualTo(pretty);
    }
  }

  @Test
  void printsSelectors() throws IOException {
    for (Map<String, Object> row : ConformanceRows.read("selector_print.jsonl")) {
      Map<String, Object> selector = ConformanceRows.map(row.get("selector"));
      List<Matcher> matchers = new ArrayList<>();
      for (Object each : (List<?>) selector.getOrDefault("LabelMatchers", List.of())) {
        Map<String, Object> matcher = ConformanceRows.map(each);
        assertThat(matcher.get("op")).isEqualTo("=");
        matchers.add(Matcher.equal((String) matcher.get("name"), (String) matcher.get("value")));
      }
      VectorSelector ours =
          new VectorSelector(
              (String) selector.getOrDefault("Name", ""),
              matchers,
              DurationExpr.ZERO,
              AtModifier.NONE,
              false,
              false,
              PositionRange.NONE);
      assertThat(ours).hasToString((String) row.get("printed"));
    }
  }

  @Test
  void cutsIntoTheSameTokens() throws IOException {
    for (Map<String, Object> row : ConformanceRows.read("tokens.jsonl")) {
      byte[] text = ConformanceRows.bytes(row.get("input"));
      boolean inSeries = row.get("series_desc").equals(true);
      if (row.get("ok").equals(false)) {
        assertThatThrownBy(() -> tokens(text, inSeries))
            .as(String.valueOf(row.get("input")))
            .isInstanceOf(ParseException.class);
        continue;
      }
      List<Map<String, Object>> expected = new ArrayList<>();
      for (Object token : (List<?>) row.get("tokens")) {
        expected.add(ConformanceRows.map(token));
      }
      int error = expected.size();
      for (int i = expected.size() - 1; i >= 0; i--) {
        error = expected.get(i).get("type").equals("ERROR") ? i : error;
      }
      List<Map<String, Object>> actual = new ArrayList<>();
      try {
        actual(text, inSeries, actual);
        assertThat(error).isEqualTo(expected.size());
      } catch (ParseException e) {
        assertThat(e.detail()).isEqualTo(expected.get(error).get("text"));
        // Prometheus' lexer goes on behind some errors, but nobody listens any more.
        expected = expected.subList(0, error);
      }
      assertThat(actual).as(String.valueOf(row.get("input"))).isEqualTo(expected);
    }
  }

  private static void tokens(byte[] text, boolean inSeries) throws ParseException {
    actual(text, inSeries, new ArrayList<>());
  }

  private static void actual(byte[] text, boolean inSeries, List<Map<String, Object>> into)
      throws ParseException {
    Lexer lexer = new Lexer(text, inSeries);
    for (lexer.next(); lexer.type != TokenType.EOF; lexer.next()) {
      String token = new String(text, lexer.start, lexer.end - lexer.start, StandardCharsets.UTF_8);
      into.add(
          Map.of("type", upstreamName(lexer.type), "pos", (double) lexer.start, "text", token));
    }
  }

  private static String upstreamName(TokenType type) {
    return switch (type) {
      case EQUAL -> "EQL";
      case EQUAL_EQUAL -> "EQLC";
      case EQUAL_REGEX -> "EQL_REGEX";
      case NOT_EQUAL -> "NEQ";
      case NOT_EQUAL_REGEX -> "NEQ_REGEX";
      case GREATER -> "GTR";
      case GREATER_OR_EQUAL -> "GTE";
      case LESS -> "LSS";
      case LESS_OR_EQUAL -> "LTE";
      case AND -> "LAND";
      case OR -> "LOR";
      case UNLESS -> "LUNLESS";
      case OPEN_HISTOGRAM -> "OPEN_HIST";
      case CLOSE_HISTOGRAM -> "CLOSE_HIST";
      default -> type.name();
    };
  }
}
