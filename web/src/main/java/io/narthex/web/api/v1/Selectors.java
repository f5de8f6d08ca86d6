package io.narthex.web.api.v1;

import io.narthex.promql.syntax.AggregateExpr;
import io.narthex.promql.syntax.BinaryExpr;
import io.narthex.promql.syntax.Call;
import io.narthex.promql.syntax.Expr;
import io.narthex.promql.syntax.MatrixSelector;
import io.narthex.promql.syntax.NumberLiteral;
import io.narthex.promql.syntax.ParenExpr;
import io.narthex.promql.syntax.StringLiteral;
import io.narthex.promql.syntax.SubqueryExpr;
import io.narthex.promql.syntax.UnaryExpr;
import io.narthex.promql.syntax.VectorSelector;

/** Looks for selectors in a query. */
final class Selectors {
  private Selectors() {}

  /** Whether the query selects any series. */
  static boolean in(Expr expr) {
    return switch (expr) {
      case VectorSelector selector -> true;
      case MatrixSelector selector -> true;
      case NumberLiteral number -> false;
      case StringLiteral string -> false;
      case ParenExpr paren -> in(paren.expr());
      case UnaryExpr unary -> in(unary.expr());
      case SubqueryExpr subquery -> in(subquery.expr());
      case AggregateExpr aggregate ->
          in(aggregate.expr()) || aggregate.parameter().map(Selectors::in).orElse(false);
      case BinaryExpr binary -> in(binary.left()) || in(binary.right());
      case Call call -> call.arguments().stream().anyMatch(Selectors::in);
    };
  }
}
