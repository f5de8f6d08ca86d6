package io.narthex.promql.syntax;

import io.narthex.model.labels.LabelName;
import io.narthex.promql.syntax.VectorMatching.Cardinality;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/** Label names in parentheses, and the matching modifiers of operators that are made of them. */
final class LabelListParser {
  private final TokenStream tokens;

  LabelListParser(TokenStream tokens) {
    this.tokens = tokens;
  }

  /** {@code (a, b)} behind {@code by}, {@code on} and the like. */
  List<String> labels() throws ParseException {
    if (!tokens.takeIf(TokenType.LEFT_PAREN)) {
      throw tokens.unexpected("grouping opts", "\"(\"");
    }
    List<String> labels = new ArrayList<>();
    if (tokens.takeIf(TokenType.RIGHT_PAREN)) {
      return labels;
    }
    do {
      labels.add(label());
      if (tokens.peek() != TokenType.COMMA && tokens.peek() != TokenType.RIGHT_PAREN) {
        throw tokens.unexpected("grouping opts", "\",\" or \")\"");
      }
    } while (tokens.takeIf(TokenType.COMMA) && tokens.peek() != TokenType.RIGHT_PAREN);
    tokens.take();
    return labels;
  }

  private String label() throws ParseException {
    TokenType type = tokens.peek();
    if (type != TokenType.STRING && !type.canNameLabel()) {
      throw tokens.unexpected("grouping opts", "label");
    }
    tokens.take();
    String name = type == TokenType.STRING ? tokens.unquoted() : tokens.text();
    if (!LabelName.isValidUtf8(name)) {
      throw tokens.fail(
          tokens.position(), "invalid label name for grouping: " + TokenText.quote(name));
    }
    return name;
  }

  /** What stands between an operator and its right side, after {@code bool}. */
  VectorMatching matching(Supplier<ParseException> unexpected) throws ParseException {
    TokenType type = tokens.peek();
    boolean on = type == TokenType.ON;
    List<String> labels = List.of();
    List<String> include = List.of();
    Cardinality cardinality = Cardinality.ONE_TO_ONE;
    if (on || type == TokenType.IGNORING) {
      tokens.take();
      labels = labels();
      TokenType group = tokens.peek();
      if (group == TokenType.GROUP_LEFT || group == TokenType.GROUP_RIGHT) {
        tokens.take();
        boolean left = group == TokenType.GROUP_LEFT;
        cardinality = left ? Cardinality.MANY_TO_ONE : Cardinality.ONE_TO_MANY;
        include = included();
      }
    } else if (!startsFill(type)) {
      return VectorMatching.DEFAULT;
    }
    OptionalDouble left = OptionalDouble.empty();
    OptionalDouble right = OptionalDouble.empty();
    TokenType first = tokens.peek();
    if (startsFill(first)) {
      tokens.take();
      OptionalDouble value = OptionalDouble.of(fillValue(unexpected));
      left = first == TokenType.FILL_RIGHT ? left : value;
      right = first == TokenType.FILL_LEFT ? right : value;
      if (first == TokenType.FILL_LEFT && tokens.takeIf(TokenType.FILL_RIGHT)) {
        right = OptionalDouble.of(fillValue(unexpected));
      } else if (first == TokenType.FILL_RIGHT && tokens.takeIf(TokenType.FILL_LEFT)) {
        left = OptionalDouble.of(fillValue(unexpected));
      }
    }
    return new VectorMatching(cardinality, on, labels, include, left, right);
  }

  /** The labels behind {@code group_left}, which may be left out. */
  private List<String> included() throws ParseException {
    TokenType next = tokens.peek();
    boolean none = next != TokenType.LEFT_PAREN && (startsFill(next) || next.canStartExpression());
    return none ? List.of() : labels();
  }

  private static boolean startsFill(TokenType type) {
    return switch (type) {
      case FILL, FILL_LEFT, FILL_RIGHT -> true;
      default -> false;
    };
  }

  private double fillValue(Supplier<ParseException> unexpected) throws ParseException {
    if (!tokens.takeIf(TokenType.LEFT_PAREN)) {
      throw unexpected.get();
    }
    boolean negative = false;
    if (tokens.peek().isSign()) {
      negative = tokens.take() == TokenType.SUB;
    }
    double value =
        switch (tokens.peek()) {
          case NUMBER -> {
            tokens.take();
            yield tokens.number();
          }
          case DURATION -> {
            tokens.take();
            yield tokens.durationSeconds();
          }
          default -> throw unexpected.get();
        };
    if (!tokens.takeIf(TokenType.RIGHT_PAREN)) {
      throw unexpected.get();
    }
    return negative ? -value : value;
  }
}
