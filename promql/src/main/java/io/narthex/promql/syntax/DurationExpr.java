package io.narthex.promql.syntax;

/**
 * A range, step or offset: a literal in nearly all queries, else arithmetic (feature {@code
 * promql-duration-expr}) that only the query's step and range give a value.
 */
public sealed interface DurationExpr {
  PositionRange position();

  /**
   * A number or duration, with its sign folded in.
   *
   * @param duration written as a duration ({@code 5m}) rather than as a number of seconds
   */
  record Literal(double seconds, boolean duration, PositionRange position) implements DurationExpr {
    /** Rounded to nanoseconds, as all durations of a query are. */
    public long nanos() {
      return Math.round(seconds * 1e9);
    }

    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  /** {@code step()}: the distance of the query's evaluation times, 0 in an instant query. */
  record Step(PositionRange position) implements DurationExpr {
    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  /** {@code range()}: from the query's first to its last evaluation time. */
  record QueryRange(PositionRange position) implements DurationExpr {
    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  /** {@code max_of(a, b)} or {@code min_of(a, b)}. */
  record Extreme(boolean max, DurationExpr left, DurationExpr right, PositionRange position)
      implements DurationExpr {
    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  /** A minus before anything but a literal. */
  record Negation(DurationExpr operand, PositionRange position) implements DurationExpr {
    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  /** One of {@code + - * / % ^}. */
  record Arithmetic(
      BinaryOperator operator, DurationExpr left, DurationExpr right, PositionRange position)
      implements DurationExpr {
    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  /** Parentheses around anything but parentheses. */
  record Paren(DurationExpr operand, PositionRange position) implements DurationExpr {
    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  /** No duration: an offset of zero, or a subquery step that is left to the default. */
  DurationExpr ZERO = new Literal(0, true, PositionRange.NONE);

  /** Whether it is a literal zero; an offset of zero and no offset are the same. */
  default boolean isZero() {
    return this instanceof Literal literal && literal.nanos() == 0;
  }
}
