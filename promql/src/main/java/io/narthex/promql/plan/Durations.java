package io.narthex.promql.plan;

import io.narthex.promql.QueryParseException;
import io.narthex.promql.syntax.DurationExpr;
import io.narthex.promql.syntax.PositionRange;

/** Gives computed durations their values. */
final class Durations {
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final double MAX_SECONDS = 0x1p63 / 1e9;

  private final QueryTimes times;

  Durations(QueryTimes times) {
    this.times = times;
  }

  /** A range or a step; greater than zero unless it is a literal. */
  long positiveMillis(DurationExpr expr) {
    return millis(expr, false);
  }

  /** An offset. */
  long millis(DurationExpr expr) {
    return millis(expr, true);
  }

  private long millis(DurationExpr expr, boolean mayBeNegative) {
    if (expr instanceof DurationExpr.Literal literal) {
      return literal.nanos() / NANOS_PER_MILLI;
    }
    double seconds = seconds(expr);
    if (!Double.isFinite(seconds)) {
      throw error(expr, "duration is NaN or infinite");
    }
    if (seconds <= 0 && !mayBeNegative) {
      throw error(expr, "duration must be greater than 0");
    }
    if (Math.abs(seconds) > MAX_SECONDS) {
      throw error(expr, "duration is out of range");
    }
    return (long) (seconds * 1000);
  }

  private double seconds(DurationExpr expr) {
    return switch (expr) {
      case DurationExpr.Literal literal -> literal.seconds();
      case DurationExpr.Step _ -> times.stepMillis() / 1000.0;
      case DurationExpr.QueryRange _ -> times.rangeSeconds();
      case DurationExpr.Extreme extreme -> extreme(extreme);
      case DurationExpr.Negation negation -> -seconds(negation.operand());
      case DurationExpr.Paren paren -> seconds(paren.operand());
      case DurationExpr.Arithmetic arithmetic -> arithmetic(arithmetic);
    };
  }

  private double extreme(DurationExpr.Extreme expr) {
    double a = seconds(expr.left());
    double b = seconds(expr.right());
    return expr.max() ? Math.max(a, b) : Math.min(a, b);
  }

  private double arithmetic(DurationExpr.Arithmetic expr) {
    double a = seconds(expr.left());
    double b = seconds(expr.right());
    return switch (expr.operator()) {
      case ADD -> a + b;
      case SUBTRACT -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> {
        if (b == 0) {
          throw error(expr, "division by zero");
        }
        yield a / b;
      }
      case MODULO -> {
        if (b == 0) {
          throw error(expr, "modulo by zero");
        }
        yield a % b;
      }
      case POWER -> Math.pow(a, b);
      case OR,
          AND,
          UNLESS,
          EQUAL,
          NOT_EQUAL,
          LESS,
          LESS_OR_EQUAL,
          GREATER,
          GREATER_OR_EQUAL,
          TRIM_UPPER,
          TRIM_LOWER,
          ATAN2 ->
          throw new IllegalStateException("BUG: no operator of durations: " + expr);
    };
  }

  private static QueryParseException error(DurationExpr expr, String text) {
    PositionRange at = expr.position();
    return new QueryParseException(at.start() + ":" + at.end() + ": " + text);
  }
}
