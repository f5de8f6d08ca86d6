package io.narthex.promql.syntax;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.LabelsBuilder;
import io.narthex.model.labels.MatchType;
import io.narthex.model.labels.Matcher;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Vector selectors without modifiers, and label sets. */
final class SelectorParser {
  private final TokenStream tokens;

  SelectorParser(TokenStream tokens) {
    this.tokens = tokens;
  }

  /** A selector on its own, as the {@code match[]} parameters of the API. */
  VectorSelector selector() throws ParseException {
    if (tokens.peek() == TokenType.LEFT_BRACE) {
      return braces("", tokens.position());
    }
    if (!tokens.peek().canNameMetric()) {
      throw tokens.unexpected("", "");
    }
    tokens.take();
    return afterName(tokens.text(), tokens.position());
  }

  /** The selector whose metric name has been taken. */
  VectorSelector afterName(String name, PositionRange position) throws ParseException {
    if (tokens.peek() == TokenType.LEFT_BRACE) {
      return braces(name, position);
    }
    return of(name, List.of(Matcher.equal(Labels.METRIC_NAME, name)), position);
  }

  private static VectorSelector of(String name, List<Matcher> matchers, PositionRange position) {
    return new VectorSelector(
        name, matchers, DurationExpr.ZERO, AtModifier.NONE, false, false, position);
  }

  private VectorSelector braces(String name, PositionRange begin) throws ParseException {
    tokens.take();
    List<Matcher> matchers = new ArrayList<>();
    if (!tokens.takeIf(TokenType.RIGHT_BRACE)) {
      do {
        matchers.add(matcher());
      } while (another("label matching"));
    }
    PositionRange position = begin.to(tokens.position());
    if (!name.isEmpty()) {
      matchers.add(Matcher.equal(Labels.METRIC_NAME, name));
    }
    return of(name, matchers, position);
  }

  /** Takes the comma before another element, or the brace that ends the list. */
  private boolean another(String context) throws ParseException {
    if (tokens.takeIf(TokenType.COMMA)) {
      return !tokens.takeIf(TokenType.RIGHT_BRACE);
    }
    if (tokens.takeIf(TokenType.RIGHT_BRACE)) {
      return false;
    }
    throw tokens.unexpected(context, "\",\" or \"}\"");
  }

  private Matcher matcher() throws ParseException {
    TokenType first = tokens.peek();
    if (first != TokenType.IDENTIFIER && first != TokenType.STRING) {
      throw tokens.unexpected("label matching", "identifier or \"}\"");
    }
    tokens.take();
    boolean quoted = first == TokenType.STRING;
    String name = quoted ? tokens.unquoted() : tokens.text();
    int start = tokens.start();
    MatchType type = matchType(tokens.peek());
    if (type == null) {
      if (quoted) {
        return Matcher.equal(Labels.METRIC_NAME, name);
      }
      throw tokens.unexpected("label matching", "label matching operator");
    }
    tokens.take();
    if (!tokens.takeIf(TokenType.STRING)) {
      throw tokens.unexpected("label matching", "string");
    }
    try {
      return Matcher.of(type, name, tokens.unquoted());
    } catch (IllegalArgumentException e) {
      throw tokens.fail(tokens.position().withStart(start), String.valueOf(e.getMessage()));
    }
  }

  private static @Nullable MatchType matchType(TokenType token) {
    return switch (token) {
      case EQUAL -> MatchType.EQUAL;
      case NOT_EQUAL -> MatchType.NOT_EQUAL;
      case EQUAL_REGEX -> MatchType.REGEX;
      case NOT_EQUAL_REGEX -> MatchType.NOT_REGEX;
      default -> null;
    };
  }

  /** A metric: a name, a label set, both or none. */
  Labels metric() throws ParseException {
    LabelsBuilder labels = new LabelsBuilder();
    String name = "";
    if (tokens.peek().canNameMetric()) {
      tokens.take();
      name = tokens.text();
    }
    if (tokens.takeIf(TokenType.LEFT_BRACE) && !tokens.takeIf(TokenType.RIGHT_BRACE)) {
      do {
        label(labels);
      } while (another("label set"));
    }
    if (!name.isEmpty()) {
      labels.set(Labels.METRIC_NAME, name);
    }
    return labels.labels();
  }

  private void label(LabelsBuilder labels) throws ParseException {
    TokenType first = tokens.peek();
    if (first != TokenType.IDENTIFIER && first != TokenType.STRING) {
      throw tokens.unexpected("label set", "identifier or \"}\"");
    }
    tokens.take();
    boolean quoted = first == TokenType.STRING;
    String name = quoted ? tokens.unquoted() : tokens.text();
    if (!tokens.takeIf(TokenType.EQUAL)) {
      if (!quoted) {
        throw tokens.unexpected("label set", "\"=\"");
      }
      labels.set(Labels.METRIC_NAME, name);
      return;
    }
    if (!tokens.takeIf(TokenType.STRING)) {
      throw tokens.unexpected("label set", "string");
    }
    labels.set(name, tokens.unquoted());
  }
}
