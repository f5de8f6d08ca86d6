package io.narthex.promql.plan;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.labels.Matcher;
import io.narthex.promql.exec.ConstantOperator;
import io.narthex.promql.exec.DistinctOperator;
import io.narthex.promql.exec.Execution;
import io.narthex.promql.exec.Grid;
import io.narthex.promql.exec.Operator;
import io.narthex.promql.exec.ScalarArgument;
import io.narthex.promql.exec.binary.ScalarExtreme;
import io.narthex.promql.exec.call.AbsentFunction;
import io.narthex.promql.exec.call.ElementFunction;
import io.narthex.promql.exec.call.HistogramElementFunction;
import io.narthex.promql.exec.call.HistogramFunction;
import io.narthex.promql.exec.call.HistogramStatistics;
import io.narthex.promql.exec.call.RelabelFunction;
import io.narthex.promql.exec.call.Relabeling;
import io.narthex.promql.exec.call.ScalarFunction;
import io.narthex.promql.exec.call.SortFunction;
import io.narthex.promql.exec.call.StepTimestamp;
import io.narthex.promql.exec.selector.InstantSelector;
import io.narthex.promql.function.DateKernels;
import io.narthex.promql.function.ElementKernel;
import io.narthex.promql.function.HistogramMoments;
import io.narthex.promql.function.MathKernels;
import io.narthex.promql.syntax.Call;
import io.narthex.promql.syntax.Expr;
import io.narthex.promql.syntax.StringLiteral;
import io.narthex.promql.syntax.VectorSelector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Builds the operators of function calls on one grid. */
final class CallPlanner {
  private final Planner planner;
  private final Execution execution;
  private final QueryTimes times;
  private final Grid grid;
  private final Around around;

  CallPlanner(Planner planner, Execution execution, QueryTimes times, Grid grid, Around around) {
    this.planner = planner;
    this.execution = execution;
    this.times = times;
    this.grid = grid;
    this.around = around;
  }

  Operator plan(Call call) {
    return switch (call.name()) {
      case "time" -> ConstantOperator.time(grid);
      case "pi" -> number(Math.PI);
      case "start" -> number(times.start() / 1000.0);
      case "end" -> number(times.end() / 1000.0);
      case "range" -> number(times.rangeSeconds());
      case "step" -> number(times.stepSeconds());
      case "vector" -> argument(call, 0);
      case "scalar" -> new ScalarFunction(execution, argument(call, 0), grid.steps());
      case "max_of" -> new ScalarExtreme(argument(call, 0), argument(call, 1), true);
      case "min_of" -> new ScalarExtreme(argument(call, 0), argument(call, 1), false);
      case "absent" ->
          new AbsentFunction(execution, argument(call, 0), grid.steps(), matchers(call));
      case "timestamp" -> timestamp(call);
      case "start_timestamp" -> startTimestamp(call);
      case "info" -> InfoPlanner.plan(planner, execution, grid, call, around);
      case "label_replace" -> relabel(call, replace(call));
      case "label_join" -> relabel(call, join(call));
      case "sort", "sort_desc", "sort_by_label", "sort_by_label_desc" -> sort(call);
      case "histogram_quantile", "histogram_quantiles", "histogram_fraction" -> histogram(call);
      case "histogram_count" -> histogramElement(call, FloatHistogram::count);
      case "histogram_sum" -> histogramElement(call, FloatHistogram::sum);
      case "histogram_avg" -> histogramElement(call, h -> h.sum() / h.count());
      case "histogram_stddev" -> histogramElement(call, HistogramMoments::deviation);
      case "histogram_stdvar" -> histogramElement(call, HistogramMoments::variance);
      case "clamp", "clamp_min", "clamp_max", "round" -> withBounds(call);
      case "day_of_month",
          "day_of_week",
          "day_of_year",
          "days_in_month",
          "hour",
          "minute",
          "month",
          "year" ->
          date(call);
      default ->
          takesRange(call)
              ? new RangePlanner(planner, execution, grid, around).plan(call)
              : element(argument(call, 0), () -> MathKernels.of(call.name()));
    };
  }

  private static boolean takesRange(Call call) {
    for (Expr argument : call.arguments()) {
      if (RangePlanner.isRange(argument)) {
        return true;
      }
    }
    return false;
  }

  private Operator number(double value) {
    return ConstantOperator.number(value, grid);
  }

  private Operator argument(Call call, int i) {
    return planner.plan(Parens.strip(call.arguments().get(i)), grid, around.call(call.name()));
  }

  private double[] scalar(Operator operator) {
    return ScalarArgument.values(execution, operator, grid.steps());
  }

  private static String text(Call call, int i) {
    if (Parens.strip(call.arguments().get(i)) instanceof StringLiteral literal) {
      return literal.value();
    }
    throw new IllegalStateException("BUG: no string: " + call.arguments().get(i));
  }

  private static List<Matcher> matchers(Call call) {
    return Parens.strip(call.arguments().getFirst()) instanceof VectorSelector selector
        ? selector.matchers()
        : List.of();
  }

  private Operator element(Operator input, Supplier<ElementKernel> kernel) {
    return planner.distinct(new ElementFunction(execution, input, kernel), false);
  }

  private Operator timestamp(Call call) {
    Expr argument = Parens.strip(call.arguments().getFirst());
    Operator operator;
    if (argument instanceof VectorSelector selector) {
      operator =
          planner.instant(selector, grid, around.call(call.name()), InstantSelector.What.TIMESTAMP);
    } else {
      operator = new StepTimestamp(execution, argument(call, 0), grid);
    }
    return planner.distinct(operator, false);
  }

  private Operator startTimestamp(Call call) {
    Expr argument = Parens.strip(call.arguments().getFirst());
    if (argument instanceof VectorSelector selector && execution.options().useStartTimestamps()) {
      return planner.distinct(
          planner.instant(
              selector, grid, around.call(call.name()), InstantSelector.What.START_TIMESTAMP),
          false);
    }
    return new NoSamples(argument(call, 0));
  }

  private Operator withBounds(Call call) {
    Operator input = argument(call, 0);
    Operator first = call.arguments().size() > 1 ? argument(call, 1) : number(1);
    double[] infinite = new double[grid.steps()];
    return switch (call.name()) {
      case "round" -> element(input, () -> MathKernels.round(scalar(first)));
      case "clamp_min" -> {
        Arrays.fill(infinite, Double.POSITIVE_INFINITY);
        yield element(input, () -> MathKernels.clamp(scalar(first), infinite));
      }
      case "clamp_max" -> {
        Arrays.fill(infinite, Double.NEGATIVE_INFINITY);
        yield element(input, () -> MathKernels.clamp(infinite, scalar(first)));
      }
      default -> {
        Operator second = argument(call, 2);
        yield element(input, () -> MathKernels.clamp(scalar(first), scalar(second)));
      }
    };
  }

  private Operator date(Call call) {
    Operator input = call.arguments().isEmpty() ? ConstantOperator.time(grid) : argument(call, 0);
    return element(input, () -> DateKernels.of(call.name()));
  }

  private Operator histogramElement(Call call, ToDoubleFunction<FloatHistogram> function) {
    return planner.distinct(
        new HistogramElementFunction(execution, argument(call, 0), function), false);
  }

  private static Relabeling replace(Call call) {
    return Relabeling.replace(text(call, 1), text(call, 2), text(call, 3), text(call, 4));
  }

  private static Relabeling join(Call call) {
    List<String> sources = new ArrayList<>();
    for (int i = 3; i < call.arguments().size(); i++) {
      sources.add(text(call, i));
    }
    return Relabeling.join(text(call, 1), text(call, 2), sources);
  }

  private Operator relabel(Call call, Relabeling relabeling) {
    return new DistinctOperator(new RelabelFunction(argument(call, 0), relabeling), false);
  }

  /** Whether more than one time is asked for, even where the step leaves just the first. */
  private boolean spansTime() {
    boolean whole =
        !times.isInstant()
            && grid.equals(Grid.between(times.start(), times.end(), times.stepMillis()));
    return whole ? times.start() != times.end() : grid.steps() > 1;
  }

  private Operator sort(Call call) {
    Operator input = argument(call, 0);
    if (spansTime()) {
      execution
          .annotations()
          .warning(
              "sort is ineffective for range queries since results are always ordered by labels",
              call.position());
    }
    boolean descending = call.name().endsWith("_desc");
    if (!call.name().startsWith("sort_by_label")) {
      return SortFunction.byValue(execution, input, grid.steps(), descending);
    }
    List<String> labels = new ArrayList<>();
    for (int i = 1; i < call.arguments().size(); i++) {
      labels.add(text(call, i));
    }
    return SortFunction.byLabels(execution, input, grid.steps(), labels, descending);
  }

  private Operator histogram(Call call) {
    HistogramStatistics statistics = new HistogramStatistics(execution, grid.steps());
    Operator input;
    Expr vector;
    Supplier<List<HistogramFunction.Output>> outputs;
    switch (call.name()) {
      case "histogram_quantile" -> {
        Operator quantile = argument(call, 0);
        vector = call.arguments().get(1);
        input = argument(call, 1);
        outputs = () -> statistics.quantile(quantile, Parens.strip(call.arguments().getFirst()));
      }
      case "histogram_fraction" -> {
        Operator lower = argument(call, 0);
        Operator upper = argument(call, 1);
        vector = call.arguments().get(2);
        input = argument(call, 2);
        outputs = () -> statistics.fraction(lower, upper);
      }
      default -> {
        vector = call.arguments().getFirst();
        input = argument(call, 0);
        int n = call.arguments().size();
        List<Operator> quantiles = new ArrayList<>();
        for (int i = 2; i < n; i++) {
          quantiles.add(argument(call, i));
        }
        outputs =
            () ->
                statistics.quantiles(
                    quantiles,
                    call.arguments().subList(2, n).stream().map(Parens::strip).toList(),
                    text(call, 1));
      }
    }
    return planner.distinct(
        new HistogramFunction(execution, input, grid, outputs, Parens.strip(vector).position()),
        false);
  }
}
