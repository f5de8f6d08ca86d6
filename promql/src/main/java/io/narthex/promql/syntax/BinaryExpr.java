package io.narthex.promql.syntax;

/**
 * An operator between two expressions.
 *
 * @param returnBool whether a comparison yields 0 and 1 instead of filtering
 * @param matching how elements find each other; means nothing, and is {@link
 *     VectorMatching#DEFAULT}, unless both sides are instant vectors
 * @param type scalar where both sides are scalars, else instant vector
 */
public record BinaryExpr(
    BinaryOperator operator,
    Expr left,
    Expr right,
    boolean returnBool,
    VectorMatching matching,
    ValueType type,
    PositionRange position)
    implements Expr {

  /** Between two instant vectors, so that {@link #matching} applies. */
  public boolean isVectorToVector() {
    return left.type() == ValueType.VECTOR && right.type() == ValueType.VECTOR;
  }

  @Override
  public String toString() {
    return Printer.print(this);
  }
}
