package io.narthex.promql.plan;

import io.narthex.model.labels.Matcher;
import io.narthex.promql.exec.Execution;
import io.narthex.promql.exec.Grid;
import io.narthex.promql.exec.Operator;
import io.narthex.promql.exec.TimeShift;
import io.narthex.promql.exec.call.InfoFunction;
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
import java.util.List;
import java.util.Optional;

/**
 * Builds {@code info}. Offset and {@code @} of the first selector in its argument also govern at
 * which time info series are looked at.
 */
final class InfoPlanner {
  private InfoPlanner() {}

  static Operator plan(Planner planner, Execution execution, Grid grid, Call call, Around around) {
    Expr vector = Parens.strip(call.arguments().getFirst());
    Operator base = planner.plan(vector, grid, around.call(call.name()));
    List<Matcher> matchers = List.of();
    boolean given = call.arguments().size() > 1;
    if (given && Parens.strip(call.arguments().get(1)) instanceof VectorSelector selector) {
      matchers = selector.matchers();
    }
    TimeShift shift = shift(planner, vector).orElse(TimeShift.NONE);
    long lookback = execution.lookbackDeltaMillis();
    long start = shift.first(grid) - lookback + 1;
    long end = shift.last(grid);
    planner.reads(start, end);
    return new InfoFunction(execution, base, grid, matchers, given, shift, start, end);
  }

  /** The shift of the first selector, with those of subqueries around it up to a fixed time. */
  private static Optional<TimeShift> shift(Planner planner, Expr expr) {
    return switch (expr) {
      case VectorSelector selector -> Optional.of(planner.shift(selector));
      case MatrixSelector matrix -> Optional.of(planner.shift(matrix.selector()));
      case SubqueryExpr subquery ->
          shift(planner, subquery.expr()).map(inner -> inner.within(planner.shift(subquery)));
      case AggregateExpr aggregate ->
          shift(planner, aggregate.expr())
              .or(() -> aggregate.parameter().flatMap(p -> shift(planner, p)));
      case BinaryExpr binary ->
          shift(planner, binary.left()).or(() -> shift(planner, binary.right()));
      case ParenExpr paren -> shift(planner, paren.expr());
      case UnaryExpr unary -> shift(planner, unary.expr());
      case Call call ->
          call.arguments().stream()
              .map(argument -> shift(planner, argument))
              .flatMap(Optional::stream)
              .findFirst();
      case NumberLiteral _, StringLiteral _ -> Optional.empty();
    };
  }
}
