package io.narthex.promql.plan;

import io.narthex.promql.syntax.Expr;
import io.narthex.promql.syntax.ParenExpr;

/** Takes parentheses off, which mean nothing once the tree is built. */
final class Parens {
  private Parens() {}

  static Expr strip(Expr expr) {
    Expr inner = expr;
    while (inner instanceof ParenExpr paren) {
      inner = paren.expr();
    }
    return inner;
  }
}
