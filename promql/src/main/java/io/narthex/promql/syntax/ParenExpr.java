package io.narthex.promql.syntax;

/** An expression in parentheses. The position includes them. */
public record ParenExpr(Expr expr, PositionRange position) implements Expr {
  @Override
  public ValueType type() {
    return expr.type();
  }

  @Override
  public String toString() {
    return Printer.print(this);
  }
}
