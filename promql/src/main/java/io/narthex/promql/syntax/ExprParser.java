package io.narthex.promql.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Expressions, by operator precedence. Everything behind an operand (range, offset, {@code @} …)
 * binds tighter than any operator, a sign as tight as {@code *}.
 *
 * <p>The first error ends it. Its text depends on what the parser is in the middle of: inside an
 * aggregation it says so.
 */
final class ExprParser {
  private final TokenStream tokens;
  private final ParserFeatures features;
  private final Nesting nesting;
  private final SelectorParser selectors;
  private final LabelListParser labelLists;
  private final ModifierParser modifiers;
  private int aggregations;

  ExprParser(TokenStream tokens, ParserFeatures features, Nesting nesting) {
    this.tokens = tokens;
    this.nesting = nesting;
    this.features = features;
    this.selectors = new SelectorParser(tokens);
    this.labelLists = new LabelListParser(tokens);
    this.modifiers =
        new ModifierParser(
            tokens, features, new DurationParser(tokens, nesting, features.durationExpressions()));
  }

  /** The whole input. */
  Expr query() throws ParseException {
    if (tokens.peek() == TokenType.EOF) {
      throw tokens.fail(PositionRange.NONE, "no expression found in input");
    }
    Expr expr = expression(0);
    if (tokens.peek() != TokenType.EOF) {
      throw unexpected();
    }
    return expr;
  }

  private ParseException unexpected() {
    return tokens.unexpected(aggregations > 0 ? "aggregation" : "", "");
  }

  private void expect(TokenType type) throws ParseException {
    if (!tokens.takeIf(type)) {
      throw unexpected();
    }
  }

  private Expr expression(int minPrecedence) throws ParseException {
    nesting.enter(tokens);
    Expr left = operand();
    while (true) {
      BinaryOperator operator = tokens.peek().binary();
      if (operator == null || operator.precedence() < minPrecedence) {
        break;
      }
      tokens.take();
      left = binary(left, operator);
    }
    nesting.leave();
    return left;
  }

  private Expr operand() throws ParseException {
    if (tokens.peek().isSign()) {
      boolean negative = tokens.take() == TokenType.SUB;
      return signed(negative, tokens.start());
    }
    return modifiers.apply(primary());
  }

  private Expr signed(boolean negative, int start) throws ParseException {
    Expr expr = expression(BinaryOperator.POWER.precedence());
    PositionRange position = expr.position().withStart(start);
    if (expr instanceof NumberLiteral number) {
      double value = negative ? -number.value() : number.value();
      return new NumberLiteral(value, number.duration(), position);
    }
    return new UnaryExpr(negative, expr, position);
  }

  private Expr binary(Expr left, BinaryOperator operator) throws ParseException {
    boolean returnBool = tokens.takeIf(TokenType.BOOL);
    VectorMatching matching = labelLists.matching(this::unexpected);
    boolean rightAssociative = operator == BinaryOperator.POWER;
    Expr right = expression(operator.precedence() + (rightAssociative ? 0 : 1));
    PositionRange position = left.position().to(right.position());
    if (matching.fills() && !features.binopFillModifiers()) {
      throw tokens.fail(position, "binop fill modifiers are experimental and not enabled");
    }
    return Operators.binary(operator, left, right, returnBool, matching, position);
  }

  private Expr primary() throws ParseException {
    TokenType type = tokens.peek();
    return switch (type) {
      case NUMBER -> {
        tokens.take();
        yield new NumberLiteral(tokens.number(), false, tokens.position());
      }
      case DURATION -> {
        tokens.take();
        yield new NumberLiteral(tokens.durationSeconds(), true, tokens.position());
      }
      case STRING -> {
        tokens.take();
        yield new StringLiteral(tokens.unquoted(), tokens.position());
      }
      case LEFT_PAREN -> paren();
      case LEFT_BRACE -> selectors.selector();
      default -> {
        if (!type.canNameMetric()) {
          throw unexpected();
        }
        tokens.take();
        yield named(type);
      }
    };
  }

  private Expr paren() throws ParseException {
    tokens.take();
    int start = tokens.start();
    Expr expr = expression(0);
    expect(TokenType.RIGHT_PAREN);
    return new ParenExpr(expr, new PositionRange(start, tokens.position().end()));
  }

  /** The word just taken is a function, an aggregation or a metric, as what follows tells. */
  private Expr named(TokenType type) throws ParseException {
    AggregateOperator aggregate = type.aggregate();
    String name = tokens.text();
    PositionRange position = tokens.position();
    TokenType next = aggregate != null || callable(type) ? tokens.peek() : TokenType.EOF;
    if (aggregate != null) {
      return switch (next) {
        case LEFT_PAREN, BY, WITHOUT -> aggregation(aggregate, position.start());
        default -> selectors.afterName(name, position);
      };
    }
    return next == TokenType.LEFT_PAREN
        ? call(name, position)
        : selectors.afterName(name, position);
  }

  private static boolean callable(TokenType type) {
    return type == TokenType.IDENTIFIER || type.kind() == TokenType.Kind.PREPROCESSOR;
  }

  private Expr call(String name, PositionRange position) throws ParseException {
    List<Expr> arguments = arguments();
    FunctionSignature function = FunctionSignatures.find(name).orElse(null);
    if (function == null) {
      throw tokens.fail(position, "unknown function with name " + TokenText.quote(name));
    }
    if (function.experimental() && !features.experimentalFunctions()) {
      throw tokens.fail(position, "function " + TokenText.quote(name) + " is not enabled");
    }
    return new Call(function, arguments, position.withEnd(tokens.lastClosing()));
  }

  private List<Expr> arguments() throws ParseException {
    tokens.take();
    List<Expr> arguments = new ArrayList<>(2);
    if (tokens.takeIf(TokenType.RIGHT_PAREN)) {
      return arguments;
    }
    arguments.add(expression(0));
    while (tokens.takeIf(TokenType.COMMA)) {
      PositionRange comma = tokens.position();
      if (!tokens.peek().canStartExpression()) {
        throw tokens.fail(comma, "trailing commas not allowed in function call args");
      }
      arguments.add(expression(0));
    }
    expect(TokenType.RIGHT_PAREN);
    return arguments;
  }

  private Expr aggregation(AggregateOperator operator, int start) throws ParseException {
    aggregations++;
    Grouping grouping = grouping();
    if (grouping != null) {
      expectOpen();
    }
    List<Expr> arguments = arguments();
    aggregations--;
    int end = tokens.lastClosing();
    if (grouping == null) {
      grouping = grouping();
      end = tokens.lastClosing();
    }
    if (grouping == null) {
      grouping = Grouping.NONE;
      end = tokens.closingBeforeLookahead();
    }
    return aggregate(operator, grouping, arguments, new PositionRange(start, end));
  }

  private void expectOpen() throws ParseException {
    if (tokens.peek() != TokenType.LEFT_PAREN) {
      throw unexpected();
    }
  }

  private record Grouping(List<String> labels, boolean without) {
    static final Grouping NONE = new Grouping(List.of(), false);
  }

  private @Nullable Grouping grouping() throws ParseException {
    return switch (tokens.peek()) {
      case BY -> {
        tokens.take();
        yield new Grouping(labelLists.labels(), false);
      }
      case WITHOUT -> {
        tokens.take();
        yield new Grouping(labelLists.labels(), true);
      }
      default -> null;
    };
  }

  private Expr aggregate(
      AggregateOperator operator, Grouping grouping, List<Expr> arguments, PositionRange position)
      throws ParseException {
    if (arguments.isEmpty()) {
      throw tokens.fail(position, "no arguments for aggregate expression provided");
    }
    if (operator.isExperimental() && !features.experimentalFunctions()) {
      throw tokens.fail(
          position,
          operator
              + "() is experimental and must be enabled with"
              + " --enable-feature=promql-experimental-functions");
    }
    int expected = operator.hasParameter() ? 2 : 1;
    if (arguments.size() != expected) {
      throw tokens.fail(
          position,
          "wrong number of arguments for aggregate expression provided, expected "
              + expected
              + ", got "
              + arguments.size());
    }
    Optional<Expr> parameter = expected == 2 ? Optional.of(arguments.getFirst()) : Optional.empty();
    return new AggregateExpr(
        operator, arguments.getLast(), parameter, grouping.labels(), grouping.without(), position);
  }
}
