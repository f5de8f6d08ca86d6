package io.narthex.web.api.v1;

import io.narthex.model.labels.Matcher;
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
import java.util.ArrayList;
import java.util.List;

/** Looks for selectors in a query. */
final class Selectors {
  private Selectors() {}

  /** The matchers of each selector of the query. */
  static List<List<Matcher>> of(Expr expr) {
    List<List<Matcher>> found = new ArrayList<>();
    collect(expr, found);
    return found;
  }

  private static void collect(Expr expr, List<List<Matcher>> into) {
    switch (expr) {
      case VectorSelector selector -> into.add(selector.matchers());
      case MatrixSelector selector -> into.add(selector.selector().matchers());
      case NumberLiteral _, StringLiteral _ -> {}
      case ParenExpr paren -> collect(paren.expr(), into);
      case UnaryExpr unary -> collect(unary.expr(), into);
      case SubqueryExpr subquery -> collect(subquery.expr(), into);
      case AggregateExpr aggregate -> {
        collect(aggregate.expr(), into);
        aggregate.parameter().ifPresent(parameter -> collect(parameter, into));
      }
      case BinaryExpr binary -> {
        collect(binary.left(), into);
        collect(binary.right(), into);
      }
      case Call call -> call.arguments().forEach(argument -> collect(argument, into));
    }
  }
}
