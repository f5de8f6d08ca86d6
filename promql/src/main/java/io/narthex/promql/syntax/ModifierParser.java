package io.narthex.promql.syntax;

import io.narthex.model.value.GoFloat;

/** What stands behind an operand: range, subquery, offset, {@code @}, anchored, smoothed. */
final class ModifierParser {
  private static final String MISPLACED =
      " modifier must be preceded by an instant vector selector or range vector selector or a"
          + " subquery";

  private final TokenStream tokens;
  private final ParserFeatures features;
  private final DurationParser durations;

  ModifierParser(TokenStream tokens, ParserFeatures features, DurationParser durations) {
    this.tokens = tokens;
    this.features = features;
    this.durations = durations;
  }

  Expr apply(Expr operand) throws ParseException {
    Expr expr = operand;
    while (true) {
      switch (tokens.peek()) {
        case LEFT_BRACKET -> expr = range(expr);
        case OFFSET -> expr = offset(expr);
        case AT -> expr = at(expr);
        case ANCHORED, SMOOTHED -> {
          boolean anchored = tokens.take() == TokenType.ANCHORED;
          expr = extend(expr, anchored, anchored ? "anchored" : "smoothed");
        }
        default -> {
          return expr;
        }
      }
    }
  }

  private Expr range(Expr expr) throws ParseException {
    tokens.take();
    PositionRange open = tokens.position();
    DurationExpr range =
        durations.positive("subquery or range selector", "number, duration, step(), or range()");
    return switch (tokens.peek()) {
      case RIGHT_BRACKET -> {
        tokens.take();
        yield matrix(expr, range, open.to(tokens.position()));
      }
      case COLON -> {
        tokens.take();
        yield subquery(expr, range);
      }
      default -> throw tokens.unexpected("subquery or range", "\":\" or \"]\"");
    };
  }

  private Expr matrix(Expr expr, DurationExpr range, PositionRange brackets) throws ParseException {
    if (!(expr instanceof VectorSelector selector)) {
      throw tokens.fail(brackets, "ranges only allowed for vector selectors");
    }
    if (!selector.offset().isZero()) {
      throw tokens.fail(brackets, "no offset modifiers allowed before range");
    }
    if (selector.at().isPresent()) {
      throw tokens.fail(brackets, "no @ modifiers allowed before range");
    }
    return new MatrixSelector(selector, range, selector.position().withEnd(brackets.end()));
  }

  private Expr subquery(Expr expr, DurationExpr range) throws ParseException {
    DurationExpr step = DurationExpr.ZERO;
    if (tokens.peek() != TokenType.RIGHT_BRACKET) {
      String context = "subquery selector";
      step = durations.positive(context, "number, duration, step(), range(), or \"]\"");
      if (tokens.peek() != TokenType.RIGHT_BRACKET) {
        throw tokens.unexpected(context, "\"]\"");
      }
    }
    tokens.take();
    PositionRange position = expr.position().withEnd(tokens.position().end());
    return new SubqueryExpr(expr, range, step, DurationExpr.ZERO, AtModifier.NONE, position);
  }

  private Expr offset(Expr expr) throws ParseException {
    tokens.take();
    DurationExpr offset = durations.offset();
    int end = tokens.lastClosing();
    PositionRange position = expr.position().withEnd(end);
    return switch (expr) {
      case VectorSelector selector -> {
        checkUnset(selector.offset(), expr);
        yield selector.withOffset(offset).withPosition(position);
      }
      case MatrixSelector matrix -> {
        checkUnset(matrix.selector().offset(), expr);
        VectorSelector selector = matrix.selector().withOffset(offset);
        yield new MatrixSelector(selector, matrix.range(), position);
      }
      case SubqueryExpr subquery -> {
        checkUnset(subquery.offset(), expr);
        yield subquery.withOffset(offset).withPosition(position);
      }
      default -> throw tokens.fail(expr.position(), "offset" + MISPLACED);
    };
  }

  private void checkUnset(DurationExpr offset, Expr expr) throws ParseException {
    if (!offset.isZero()) {
      throw tokens.fail(expr.position(), "offset may not be set multiple times");
    }
  }

  private Expr at(Expr expr) throws ParseException {
    tokens.take();
    AtModifier at = atTime(expr);
    PositionRange position = expr.position().withEnd(tokens.lastClosing());
    return switch (expr) {
      case VectorSelector selector -> {
        checkUnset(selector.at(), expr);
        yield selector.withAt(at).withPosition(position);
      }
      case MatrixSelector matrix -> {
        checkUnset(matrix.selector().at(), expr);
        yield new MatrixSelector(matrix.selector().withAt(at), matrix.range(), position);
      }
      case SubqueryExpr subquery -> {
        checkUnset(subquery.at(), expr);
        yield subquery.withAt(at).withPosition(position);
      }
      default -> throw tokens.fail(expr.position(), "@" + MISPLACED);
    };
  }

  private void checkUnset(AtModifier at, Expr expr) throws ParseException {
    if (at.isPresent()) {
      throw tokens.fail(expr.position(), "@ <timestamp> may not be set multiple times");
    }
  }

  private AtModifier atTime(Expr expr) throws ParseException {
    TokenType type = tokens.peek();
    if (type == TokenType.START || type == TokenType.END) {
      tokens.take();
      expectAt(TokenType.LEFT_PAREN);
      expectAt(TokenType.RIGHT_PAREN);
      return type == TokenType.START ? AtModifier.START : AtModifier.END;
    }
    boolean negative = type == TokenType.SUB;
    if (type.isSign()) {
      tokens.take();
    }
    double seconds =
        switch (tokens.peek()) {
          case NUMBER -> {
            tokens.take();
            yield tokens.number();
          }
          case DURATION -> {
            tokens.take();
            yield tokens.durationSeconds();
          }
          default -> throw tokens.unexpected("@", "timestamp");
        };
    return timestamp(negative ? -seconds : seconds, expr);
  }

  private AtModifier timestamp(double seconds, Expr expr) throws ParseException {
    if (!(Math.abs(seconds) < 0x1p63)) {
      throw tokens.fail(
          expr.position(), "timestamp out of bounds for @ modifier: " + GoFloat.fixed(seconds, 6));
    }
    // What 64 bits cannot hold becomes their smallest value, as in Go.
    double millis = Math.signum(seconds) * Math.floor(Math.abs(seconds * 1000) + 0.5);
    return AtModifier.timestamp(Math.abs(millis) < 0x1p63 ? (long) millis : Long.MIN_VALUE);
  }

  private void expectAt(TokenType type) throws ParseException {
    if (!tokens.takeIf(type)) {
      throw tokens.unexpected("@", "timestamp");
    }
  }

  private Expr extend(Expr expr, boolean anchored, String modifier) throws ParseException {
    if (!features.extendedRangeSelectors()) {
      throw tokens.fail(expr.position(), modifier + " modifier is experimental and not enabled");
    }
    return switch (expr) {
      case VectorSelector selector -> extend(selector, anchored, expr);
      case MatrixSelector matrix -> matrix.withSelector(extend(matrix.selector(), anchored, expr));
      case SubqueryExpr _ ->
          throw tokens.fail(
              expr.position(), modifier + " modifier is not supported for subqueries");
      default -> throw tokens.fail(expr.position(), modifier + " modifier not implemented");
    };
  }

  private VectorSelector extend(VectorSelector selector, boolean anchored, Expr expr)
      throws ParseException {
    VectorSelector extended = anchored ? selector.asAnchored() : selector.asSmoothed();
    if (extended.anchored() && extended.smoothed()) {
      throw tokens.fail(expr.position(), "anchored and smoothed modifiers cannot be used together");
    }
    return extended;
  }
}
