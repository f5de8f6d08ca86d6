package io.narthex.promql.syntax;

/**
 * Evaluates an instant vector at many times: {@code expr[range:step]}.
 *
 * @param range how far back; where it is a literal, greater than zero
 * @param step distance of the times; {@link DurationExpr#ZERO} where the default is to be taken
 * @param offset how far to look back, as written; {@link DurationExpr#ZERO} where there is none
 */
public record SubqueryExpr(
    Expr expr,
    DurationExpr range,
    DurationExpr step,
    DurationExpr offset,
    AtModifier at,
    PositionRange position)
    implements Expr {
  @Override
  public ValueType type() {
    return ValueType.MATRIX;
  }

  public SubqueryExpr withOffset(DurationExpr newOffset) {
    return new SubqueryExpr(expr, range, step, newOffset, at, position);
  }

  public SubqueryExpr withAt(AtModifier newAt) {
    return new SubqueryExpr(expr, range, step, offset, newAt, position);
  }

  public SubqueryExpr withExpr(Expr newExpr) {
    return new SubqueryExpr(newExpr, range, step, offset, at, position);
  }

  SubqueryExpr withPosition(PositionRange newPosition) {
    return new SubqueryExpr(expr, range, step, offset, at, newPosition);
  }

  @Override
  public String toString() {
    return Printer.print(this);
  }
}
