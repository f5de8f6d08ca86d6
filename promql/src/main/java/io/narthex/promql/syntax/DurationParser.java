package io.narthex.promql.syntax;

import io.narthex.promql.syntax.DurationExpr.Arithmetic;
import io.narthex.promql.syntax.DurationExpr.Extreme;
import io.narthex.promql.syntax.DurationExpr.Literal;
import io.narthex.promql.syntax.DurationExpr.Negation;
import io.narthex.promql.syntax.DurationExpr.Paren;
import io.narthex.promql.syntax.DurationExpr.QueryRange;
import io.narthex.promql.syntax.DurationExpr.Step;
import org.jspecify.annotations.Nullable;

/**
 * Ranges, steps and offsets.
 *
 * <p>In brackets the whole of an arithmetic expression is a duration. Behind {@code offset} only
 * its first operand is, so that {@code a offset 5m + b} adds {@code b}, unless that operand begins
 * with a parenthesis.
 */
final class DurationParser {
  /** 2^63 nanoseconds. */
  private static final double MAX_SECONDS = 9223372036.854775808;

  private final TokenStream tokens;
  private final Nesting nesting;
  private final boolean arithmeticAllowed;

  private String context = "";
  private String expected = "";

  DurationParser(TokenStream tokens, Nesting nesting, boolean arithmeticAllowed) {
    this.tokens = tokens;
    this.nesting = nesting;
    this.arithmeticAllowed = arithmeticAllowed;
  }

  /** A range or step; where it is a literal, it must be greater than zero. */
  DurationExpr positive(String errorContext, String errorExpected) throws ParseException {
    context = errorContext;
    expected = errorExpected;
    DurationExpr duration = expression(0);
    if (duration instanceof Literal literal && literal.seconds() <= 0) {
      throw tokens.fail(literal.position(), "duration must be greater than 0");
    }
    return duration;
  }

  DurationExpr offset() throws ParseException {
    context = "offset";
    expected = "number, duration, step(), or range()";
    TokenType type = tokens.peek();
    if (type == TokenType.LEFT_PAREN) {
      return expression(0);
    }
    if (!type.isSign()) {
      return primary();
    }
    tokens.take();
    int start = tokens.start();
    boolean negative = type == TokenType.SUB;
    return switch (tokens.peek()) {
      case LEFT_PAREN -> {
        tokens.take();
        DurationExpr inner = expression(0);
        expect(TokenType.RIGHT_PAREN);
        DurationExpr wrapped = wrap(inner, inner.position());
        yield negative ? negate(wrapped, start) : wrapped;
      }
      case NUMBER, DURATION -> signed(negative, start, literal());
      case STEP, RANGE, MAX_OF, MIN_OF -> signedCall(negative, start);
      default -> chain(sign(negative, start), 0);
    };
  }

  /** A sign right before {@code step()} and the like reaches to the end of their arguments. */
  private DurationExpr signedCall(boolean negative, int start) throws ParseException {
    DurationExpr call = call();
    if (call instanceof Extreme(var max, var left, var right, var position)) {
      call = new Extreme(max, left, right, position.withEnd(right.position().end()));
    }
    PositionRange position = call.position().withStart(start);
    checkAllowed(position);
    return negative ? new Negation(call, position) : call;
  }

  private DurationExpr expression(int minPrecedence) throws ParseException {
    nesting.enter(tokens);
    DurationExpr expression = chain(operand(), minPrecedence);
    nesting.leave();
    return expression;
  }

  private DurationExpr chain(DurationExpr first, int minPrecedence) throws ParseException {
    DurationExpr left = first;
    for (int length = 0; ; length++) {
      BinaryOperator operator = arithmetic(tokens.peek());
      if (operator == null || operator.precedence() < minPrecedence) {
        return left;
      }
      nesting.checkChain(tokens, length);
      tokens.take();
      PositionRange operatorPosition = tokens.position();
      boolean rightAssociative = operator == BinaryOperator.POWER;
      DurationExpr right = expression(operator.precedence() + (rightAssociative ? 0 : 1));
      left = combine(operator, operatorPosition, left, right);
    }
  }

  private static @Nullable BinaryOperator arithmetic(TokenType type) {
    return switch (type) {
      case ADD, SUB, MUL, DIV, MOD, POW -> type.binary();
      default -> null;
    };
  }

  private DurationExpr combine(
      BinaryOperator operator, PositionRange place, DurationExpr left, DurationExpr right)
      throws ParseException {
    checkAllowed(left.position());
    boolean divides = operator == BinaryOperator.DIVIDE || operator == BinaryOperator.MODULO;
    if (divides && right instanceof Literal literal && literal.seconds() == 0) {
      String act = operator == BinaryOperator.DIVIDE ? "division" : "modulo";
      throw tokens.fail(place, act + " by zero");
    }
    return new Arithmetic(operator, left, right, left.position().to(right.position()));
  }

  private DurationExpr operand() throws ParseException {
    if (!tokens.peek().isSign()) {
      return primary();
    }
    boolean negative = tokens.take() == TokenType.SUB;
    return sign(negative, tokens.start());
  }

  /** The sign has been read; it binds less than {@code ^} and tighter than the other operators. */
  private DurationExpr sign(boolean negative, int start) throws ParseException {
    DurationExpr operand = expression(BinaryOperator.POWER.precedence());
    if (operand instanceof Literal literal) {
      return signed(negative, start, literal);
    }
    return negative ? negate(operand, start) : operand;
  }

  private static Literal signed(boolean negative, int start, Literal literal) {
    double seconds = negative ? -literal.seconds() : literal.seconds();
    return new Literal(seconds, literal.duration(), literal.position().withStart(start));
  }

  private static DurationExpr negate(DurationExpr operand, int start) {
    return new Negation(operand, operand.position().withStart(start));
  }

  private DurationExpr primary() throws ParseException {
    return switch (tokens.peek()) {
      case NUMBER, DURATION -> literal();
      case STEP, RANGE, MAX_OF, MIN_OF -> {
        DurationExpr call = call();
        checkAllowed(call instanceof Extreme e ? e.left().position() : call.position());
        yield call;
      }
      case LEFT_PAREN -> {
        tokens.take();
        int start = tokens.start();
        DurationExpr inner = expression(0);
        expect(TokenType.RIGHT_PAREN);
        checkAllowed(inner.position());
        yield wrap(inner, new PositionRange(start, tokens.position().end()));
      }
      default -> throw tokens.unexpected(context, expected);
    };
  }

  /** {@code step()}, {@code range()}, {@code max_of(a, b)} or {@code min_of(a, b)}. */
  private DurationExpr call() throws ParseException {
    TokenType function = tokens.take();
    int start = tokens.start();
    expect(TokenType.LEFT_PAREN);
    if (function == TokenType.STEP || function == TokenType.RANGE) {
      expect(TokenType.RIGHT_PAREN);
      PositionRange position = new PositionRange(start, tokens.position().end());
      return function == TokenType.STEP ? new Step(position) : new QueryRange(position);
    }
    DurationExpr left = expression(0);
    expect(TokenType.COMMA);
    DurationExpr right = expression(0);
    expect(TokenType.RIGHT_PAREN);
    PositionRange position = new PositionRange(start, tokens.position().end());
    return new Extreme(function == TokenType.MAX_OF, left, right, position);
  }

  /** Parentheses around parentheses say nothing more, and those around an operation no place. */
  private static DurationExpr wrap(DurationExpr inner, PositionRange parens) {
    return switch (inner) {
      case Paren _ -> inner;
      case Literal _ -> new Paren(inner, parens);
      default -> new Paren(inner, inner.position());
    };
  }

  private Literal literal() throws ParseException {
    boolean duration = tokens.take() == TokenType.DURATION;
    double seconds = duration ? tokens.durationSeconds() : tokens.number();
    if (seconds > MAX_SECONDS || seconds < -MAX_SECONDS) {
      throw tokens.fail(tokens.position(), "duration out of range");
    }
    return new Literal(seconds, duration, tokens.position());
  }

  private void expect(TokenType type) throws ParseException {
    if (!tokens.takeIf(type)) {
      throw tokens.unexpected(context, expected);
    }
  }

  private void checkAllowed(PositionRange position) throws ParseException {
    if (!arithmeticAllowed) {
      throw tokens.fail(position, "experimental duration expression is not enabled");
    }
  }
}
