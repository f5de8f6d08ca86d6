package io.narthex.promql.plan;

import io.narthex.model.labels.Matcher;
import io.narthex.model.value.GoFloat;
import io.narthex.promql.QueryExecutionException;
import io.narthex.promql.exec.Execution;
import io.narthex.promql.exec.Grid;
import io.narthex.promql.exec.Operator;
import io.narthex.promql.exec.ScalarArgument;
import io.narthex.promql.exec.TimeShift;
import io.narthex.promql.exec.call.AbsentFunction;
import io.narthex.promql.exec.call.HistogramStatistics;
import io.narthex.promql.exec.selector.RangeFunction;
import io.narthex.promql.exec.selector.RangeNotes;
import io.narthex.promql.exec.selector.RangeSource;
import io.narthex.promql.function.ExtendedKernels;
import io.narthex.promql.function.RangeKernel;
import io.narthex.promql.function.RangeKernels;
import io.narthex.promql.function.Windows;
import io.narthex.promql.syntax.Call;
import io.narthex.promql.syntax.Expr;
import io.narthex.promql.syntax.MatrixSelector;
import io.narthex.promql.syntax.PositionRange;
import io.narthex.promql.syntax.SubqueryExpr;
import io.narthex.promql.syntax.ValueType;
import io.narthex.promql.syntax.VectorSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Builds functions over range vectors. */
final class RangePlanner {
  private static final Set<String> KEEP_NAME = Set.of("last_over_time", "first_over_time");
  private static final List<String> ANCHORED =
      List.of("changes", "delta", "increase", "rate", "resets");
  private static final List<String> SMOOTHED = List.of("delta", "increase", "rate");

  private final Planner planner;
  private final Execution execution;
  private final Grid grid;
  private final Around around;

  RangePlanner(Planner planner, Execution execution, Grid grid, Around around) {
    this.planner = planner;
    this.execution = execution;
    this.grid = grid;
    this.around = around;
  }

  static boolean isRange(Expr expr) {
    return expr.type() == ValueType.MATRIX;
  }

  Operator plan(Call call) {
    Expr range = Parens.strip(rangeArgument(call));
    List<Operator> scalars = new ArrayList<>();
    for (Expr argument : call.arguments()) {
      if (!isRange(argument)) {
        scalars.add(planner.plan(Parens.strip(argument), grid, around.call(call.name())));
      }
    }
    RangeNotes notes =
        new RangeNotes(
            execution.annotations(),
            notePosition(Parens.strip(call.arguments().getFirst())),
            check(call.name()));
    Operator function =
        switch (range) {
          case MatrixSelector matrix -> over(call, matrix, kernel(call, scalars), notes);
          case SubqueryExpr subquery -> over(call, subquery, kernel(call, scalars), notes);
          default -> throw new IllegalStateException("BUG: no range vector: " + range);
        };
    if (call.name().equals("absent_over_time")) {
      List<Matcher> matchers =
          range instanceof MatrixSelector matrix ? matrix.selector().matchers() : List.of();
      return new AbsentFunction(execution, function, grid.steps(), matchers);
    }
    boolean keepsName = KEEP_NAME.contains(call.name());
    return keepsName ? function : planner.distinct(function, true);
  }

  /** Of a subquery's samples nothing is known but that they are part of the query. */
  private static PositionRange notePosition(Expr argument) {
    return argument instanceof SubqueryExpr ? PositionRange.NONE : argument.position();
  }

  private static Expr rangeArgument(Call call) {
    for (Expr argument : call.arguments()) {
      if (isRange(argument)) {
        return argument;
      }
    }
    throw new IllegalStateException("BUG: no range vector: " + call);
  }

  private RangeNotes.CounterCheck check(String function) {
    if (!function.equals("rate") && !function.equals("increase")) {
      return RangeNotes.CounterCheck.NONE;
    }
    return execution.options().typeAndUnitLabels()
        ? RangeNotes.CounterCheck.TYPE
        : RangeNotes.CounterCheck.NAME;
  }

  private Supplier<RangeKernel> kernel(Call call, List<Operator> scalars) {
    return () -> {
      double[][] values = new double[scalars.size()][];
      for (int i = 0; i < values.length; i++) {
        values[i] = ScalarArgument.values(execution, scalars.get(i), grid.steps());
      }
      if (call.name().equals("quantile_over_time")) {
        PositionRange position = Parens.strip(call.arguments().getFirst()).position();
        return RangeKernels.quantile(
            values[0],
            q -> HistogramStatistics.warnUnlessQuantile(execution.annotations(), q, position));
      }
      checkScalars(call, values);
      return RangeKernels.of(call.name(), values);
    };
  }

  private void checkScalars(Call call, double[][] values) {
    if (call.name().equals("double_exponential_smoothing")) {
      checkFactor("smoothing", "sf", values[0]);
      checkFactor("trend", "tf", values[1]);
    }
  }

  private static void checkFactor(String name, String symbol, double[] factors) {
    for (double factor : factors) {
      if (!(factor > 0 && factor < 1)) {
        throw new QueryExecutionException(
            "invalid "
                + name
                + " factor. Expected: 0 < "
                + symbol
                + " < 1, got: "
                + GoFloat.fixed(factor, 6));
      }
    }
  }

  private Operator over(
      Call call, SubqueryExpr subquery, Supplier<RangeKernel> kernel, RangeNotes notes) {
    RangeSource source = planner.subquery(subquery, grid, around.call(call.name()));
    TimeShift shift = planner.shift(subquery);
    Windows windows = windows(shift, planner.rangeMillis(subquery.range()));
    return function(call, source, windows, RangeFunction.Reach.NONE, kernel, notes);
  }

  private Operator over(
      Call call, MatrixSelector matrix, Supplier<RangeKernel> kernel, RangeNotes notes) {
    VectorSelector selector = matrix.selector();
    long range = planner.rangeMillis(matrix.range());
    TimeShift shift = planner.shift(selector);
    RangeFunction.Reach reach = reach(call, selector);
    RangeSource source =
        planner.range(
            matrix,
            shift.first(grid) - range - reach.beforeMillis() + 1,
            shift.last(grid) + reach.afterMillis(),
            grid,
            around.call(call.name()));
    Supplier<RangeKernel> walked =
        selector.anchored() || selector.smoothed()
            ? () -> ExtendedKernels.of(call.name(), selector.smoothed())
            : kernel;
    return function(call, source, windows(shift, range), reach, walked, notes);
  }

  private RangeFunction.Reach reach(Call call, VectorSelector selector) {
    long lookback = execution.lookbackDeltaMillis();
    if (selector.anchored()) {
      checkAllowed("anchored", ANCHORED, call.name());
      return new RangeFunction.Reach(lookback, 0);
    }
    if (selector.smoothed()) {
      checkAllowed("smoothed", SMOOTHED, call.name());
      return new RangeFunction.Reach(lookback, lookback);
    }
    return RangeFunction.Reach.NONE;
  }

  private static void checkAllowed(String modifier, List<String> allowed, String function) {
    if (!allowed.contains(function)) {
      throw new QueryExecutionException(
          modifier
              + " modifier can only be used with: "
              + String.join(", ", allowed)
              + " - not with "
              + function);
    }
  }

  private Windows windows(TimeShift shift, long range) {
    return new Windows(
        grid.steps(), grid.start(), shift.first(grid), grid.step(), shift.step(grid), range);
  }

  private Operator function(
      Call call,
      RangeSource source,
      Windows windows,
      RangeFunction.Reach reach,
      Supplier<RangeKernel> kernel,
      RangeNotes notes) {
    return new RangeFunction(
        execution, source, grid, windows, reach, kernel, KEEP_NAME.contains(call.name()), notes);
  }
}
