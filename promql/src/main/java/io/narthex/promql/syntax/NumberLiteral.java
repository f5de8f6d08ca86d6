package io.narthex.promql.syntax;

/**
 * A number, with its sign folded in.
 *
 * @param value the number; of a duration the seconds
 * @param duration written as a duration ({@code 5m}), and printed so again
 */
public record NumberLiteral(double value, boolean duration, PositionRange position)
    implements Expr {
  @Override
  public ValueType type() {
    return ValueType.SCALAR;
  }

  @Override
  public String toString() {
    return Printer.print(this);
  }
}
