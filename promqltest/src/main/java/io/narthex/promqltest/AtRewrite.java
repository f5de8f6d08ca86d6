package io.narthex.promqltest;

import io.narthex.promql.syntax.AggregateExpr;
import io.narthex.promql.syntax.AtModifier;
import io.narthex.promql.syntax.BinaryExpr;
import io.narthex.promql.syntax.Call;
import io.narthex.promql.syntax.Children;
import io.narthex.promql.syntax.Expr;
import io.narthex.promql.syntax.MatrixSelector;
import io.narthex.promql.syntax.NumberLiteral;
import io.narthex.promql.syntax.ParenExpr;
import io.narthex.promql.syntax.StringLiteral;
import io.narthex.promql.syntax.SubqueryExpr;
import io.narthex.promql.syntax.UnaryExpr;
import io.narthex.promql.syntax.VectorSelector;
import java.util.Optional;
import java.util.Set;

/**
 * Fixes a query to a time: puts {@code @} on every selector and subquery that has no timestamp, so
 * that it yields the same whenever it is evaluated. What is inside a subquery follows the subquery.
 */
final class AtRewrite {
  /** Functions whose result depends on the evaluation time even so. */
  private static final Set<String> DEPEND_ON_TIME =
      Set.of(
          "days_in_month",
          "day_of_month",
          "day_of_week",
          "day_of_year",
          "end",
          "hour",
          "minute",
          "month",
          "year",
          "predict_linear",
          "range",
          "start",
          "step",
          "time",
          "timestamp");

  private final AtModifier at;
  private boolean dependsOnTime;

  private AtRewrite(long timeMillis) {
    at = AtModifier.timestamp(timeMillis);
  }

  /** The fixed query, or nothing where it depends on the evaluation time even so. */
  static Optional<String> rewrite(Expr query, long timeMillis) {
    AtRewrite rewrite = new AtRewrite(timeMillis);
    Expr fixed = rewrite.fix(query);
    return rewrite.dependsOnTime ? Optional.empty() : Optional.of(fixed.toString());
  }

  private Expr fix(Expr expr) {
    return switch (expr) {
      case NumberLiteral _, StringLiteral _ -> expr;
      case VectorSelector selector -> fix(selector);
      case MatrixSelector matrix -> matrix.withSelector(fix(matrix.selector()));
      case SubqueryExpr subquery ->
          subquery.at().kind() == AtModifier.Kind.TIMESTAMP ? subquery : subquery.withAt(at);
      case ParenExpr _, UnaryExpr _, BinaryExpr _, AggregateExpr _ -> Children.map(expr, this::fix);
      case Call call -> {
        dependsOnTime |= DEPEND_ON_TIME.contains(call.name());
        yield Children.map(call, this::fix);
      }
    };
  }

  private VectorSelector fix(VectorSelector selector) {
    return selector.at().kind() == AtModifier.Kind.TIMESTAMP ? selector : selector.withAt(at);
  }
}
