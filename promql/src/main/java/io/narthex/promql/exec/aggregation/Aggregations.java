package io.narthex.promql.exec.aggregation;

import io.narthex.model.labels.GoQuote;
import io.narthex.model.labels.LabelName;
import io.narthex.model.value.GoFloat;
import io.narthex.promql.QueryExecutionException;
import io.narthex.promql.exec.Execution;
import io.narthex.promql.exec.Grid;
import io.narthex.promql.exec.Operator;
import io.narthex.promql.exec.ScalarArgument;
import io.narthex.promql.syntax.AggregateExpr;
import io.narthex.promql.syntax.Expr;
import io.narthex.promql.syntax.ParenExpr;
import io.narthex.promql.syntax.StringLiteral;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** Makes the operator of an aggregation. */
public final class Aggregations {
  private final Execution execution;
  private final Grid grid;

  public Aggregations(Execution execution, Grid grid) {
    this.execution = execution;
    this.grid = grid;
  }

  /**
   * @param parameter the scalar parameter, where the operator has one
   */
  public Operator of(AggregateExpr expr, Operator input, Optional<Operator> parameter) {
    AggregationNotes notes = new AggregationNotes(execution.annotations(), expr.expr().position());
    AggregationNotes ownNotes = new AggregationNotes(execution.annotations(), expr.position());
    int steps = grid.steps();
    Supplier<double[]> scalar =
        () -> ScalarArgument.values(execution, parameter.orElseThrow(), steps);
    return switch (expr.operator()) {
      case SUM -> fold(expr, input, groups -> new SumFold(groups, steps, notes), notes);
      case AVG -> fold(expr, input, groups -> new AvgFold(groups, steps, notes), notes);
      case MIN -> simple(expr, input, SimpleFold.Kind.MIN, notes);
      case MAX -> simple(expr, input, SimpleFold.Kind.MAX, notes);
      case COUNT -> simple(expr, input, SimpleFold.Kind.COUNT, notes);
      case GROUP -> simple(expr, input, SimpleFold.Kind.GROUP, notes);
      case STDDEV ->
          fold(expr, input, groups -> new VarianceFold(groups, steps, true, notes), notes);
      case STDVAR ->
          fold(expr, input, groups -> new VarianceFold(groups, steps, false, notes), notes);
      case QUANTILE ->
          fold(
              expr,
              input,
              groups ->
                  new QuantileFold(groups, steps, checkedQuantiles(expr, scalar.get()), notes),
              notes);
      case TOPK -> select(expr, input, new TopChooser(true, steps, scalar, ownNotes));
      case BOTTOMK -> select(expr, input, new TopChooser(false, steps, scalar, ownNotes));
      case LIMITK -> select(expr, input, new LimitChooser(false, steps, scalar));
      case LIMIT_RATIO ->
          select(
              expr, input, new LimitChooser(true, steps, () -> checkedRatios(expr, scalar.get())));
      case COUNT_VALUES -> countValues(expr, input);
    };
  }

  private Operator simple(
      AggregateExpr expr, Operator input, SimpleFold.Kind kind, AggregationNotes notes) {
    return fold(expr, input, groups -> new SimpleFold(groups, grid.steps(), kind, notes), notes);
  }

  private Operator fold(
      AggregateExpr expr, Operator input, IntFunction<Fold> fold, AggregationNotes notes) {
    return new FoldOperator(execution, input, grid, expr.grouping(), expr.without(), fold, notes);
  }

  private Operator select(AggregateExpr expr, Operator input, SelectingOperator.Chooser chooser) {
    return new SelectingOperator(execution, input, grid, expr.grouping(), expr.without(), chooser);
  }

  private Operator countValues(AggregateExpr expr, Operator input) {
    Expr parameter = expr.parameter().orElseThrow();
    while (parameter instanceof ParenExpr paren) {
      parameter = paren.expr();
    }
    if (!(parameter instanceof StringLiteral label)) {
      throw new IllegalStateException("BUG: count_values without a label: " + expr);
    }
    if (!LabelName.isValidUtf8(label.value())) {
      throw new QueryExecutionException("invalid label name " + GoQuote.quote(label.value()));
    }
    return new CountValuesOperator(
        execution, input, grid, label.value(), expr.grouping(), expr.without());
  }

  private double[] checkedQuantiles(AggregateExpr expr, double[] quantiles) {
    double max = Double.NEGATIVE_INFINITY;
    double min = Double.POSITIVE_INFINITY;
    for (double q : quantiles) {
      if (Double.isNaN(q)) {
        warn(expr, "quantile value should be between 0 and 1, got NaN");
      }
      max = q > max ? q : max;
      min = q < min ? q : min;
    }
    if (max > 1) {
      warn(expr, "quantile value should be between 0 and 1, got " + GoFloat.shortest(max));
    }
    if (min < 0) {
      warn(expr, "quantile value should be between 0 and 1, got " + GoFloat.shortest(min));
    }
    return quantiles;
  }

  private double[] checkedRatios(AggregateExpr expr, double[] ratios) {
    double max = Double.NEGATIVE_INFINITY;
    double min = Double.POSITIVE_INFINITY;
    for (double r : ratios) {
      max = r > max ? r : max;
      min = r < min ? r : min;
    }
    String text = "ratio value should be between -1 and 1, got ";
    if (max > 1) {
      warn(expr, text + GoFloat.shortest(max) + ", capping to 1");
    }
    if (min < -1) {
      warn(expr, text + GoFloat.shortest(min) + ", capping to -1");
    }
    return ratios;
  }

  private void warn(AggregateExpr expr, String text) {
    execution.annotations().warning(text, expr.parameter().orElseThrow().position());
  }
}
