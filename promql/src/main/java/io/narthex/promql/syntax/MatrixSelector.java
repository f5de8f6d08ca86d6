package io.narthex.promql.syntax;

/**
 * Selects a range of samples of each series: {@code selector[range]}.
 *
 * @param selector the series; offset, {@code @}, anchored and smoothed stand here although they are
 *     written behind the range
 * @param range length of the range; where it is a literal, greater than zero
 */
public record MatrixSelector(VectorSelector selector, DurationExpr range, PositionRange position)
    implements Expr {
  @Override
  public ValueType type() {
    return ValueType.MATRIX;
  }

  public MatrixSelector withSelector(VectorSelector newSelector) {
    return new MatrixSelector(newSelector, range, position);
  }

  @Override
  public String toString() {
    return Printer.print(this);
  }
}
