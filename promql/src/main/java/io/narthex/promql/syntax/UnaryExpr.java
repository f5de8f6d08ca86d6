package io.narthex.promql.syntax;

/**
 * A sign before a scalar or an instant vector; signs before number literals are part of those.
 *
 * @param negative whether it is a minus
 */
public record UnaryExpr(boolean negative, Expr expr, PositionRange position) implements Expr {
  @Override
  public ValueType type() {
    return expr.type();
  }

  @Override
  public String toString() {
    return Printer.print(this);
  }
}
