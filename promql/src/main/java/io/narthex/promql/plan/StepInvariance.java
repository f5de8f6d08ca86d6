package io.narthex.promql.plan;

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
import java.util.Set;

/**
 * Tells which expressions have the same value at every step, because {@code @} fixes all their
 * selectors; they are evaluated once. The rules are Prometheus', also where more would be possible:
 * statistics show the difference.
 */
final class StepInvariance {
  private static final Set<String> CONSTANTS = Set.of("start", "end", "range", "step");

  /** Functions of the evaluation time itself. */
  private static final Set<String> TIME_DEPENDENT =
      Set.of(
          "days_in_month",
          "day_of_month",
          "day_of_week",
          "day_of_year",
          "hour",
          "minute",
          "month",
          "year",
          "predict_linear",
          "time",
          "timestamp");

  private StepInvariance() {}

  /** Whether to evaluate the expression once and spread the result. */
  static boolean spreads(Expr expr) {
    return switch (expr) {
      case ParenExpr paren -> spreads(paren.expr());
      case UnaryExpr unary -> spreads(unary.expr());
      case AggregateExpr aggregate -> spreads(aggregate.expr());
      case NumberLiteral _, StringLiteral _, MatrixSelector _, SubqueryExpr _ -> false;
      case Call call -> !CONSTANTS.contains(call.name()) && isInvariant(call);
      case VectorSelector _, BinaryExpr _ -> isInvariant(expr);
    };
  }

  static boolean isInvariant(Expr expr) {
    return switch (expr) {
      case VectorSelector selector -> selector.at().isPresent();
      case MatrixSelector matrix -> matrix.selector().at().isPresent();
      case SubqueryExpr subquery -> subquery.at().isPresent();
      case AggregateExpr aggregate -> isInvariant(aggregate.expr());
      case BinaryExpr binary -> isInvariant(binary.left()) && isInvariant(binary.right());
      case ParenExpr paren -> isInvariant(paren.expr());
      case UnaryExpr unary -> isInvariant(unary.expr());
      case NumberLiteral _, StringLiteral _ -> true;
      case Call call -> isInvariantCall(call);
    };
  }

  private static boolean isInvariantCall(Call call) {
    if (CONSTANTS.contains(call.name())) {
      return true;
    }
    boolean all = true;
    boolean selectors = true;
    for (Expr argument : call.arguments()) {
      all &= isInvariant(argument);
      selectors &= Parens.strip(argument) instanceof VectorSelector;
    }
    // The times of samples do not depend on the step, those of computed values do.
    boolean timeOfSamples = call.name().equals("timestamp") && selectors;
    return all && (timeOfSamples || !TIME_DEPENDENT.contains(call.name()));
  }
}
