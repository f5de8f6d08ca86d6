package io.narthex.promql.exec.call;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.value.GoFloat;
import io.narthex.promql.Annotations;
import io.narthex.promql.exec.Execution;
import io.narthex.promql.exec.Operator;
import io.narthex.promql.exec.ScalarArgument;
import io.narthex.promql.function.HistogramQuantile;
import io.narthex.promql.syntax.Expr;
import io.narthex.promql.syntax.PositionRange;
import java.util.ArrayList;
import java.util.List;

/** What {@link HistogramFunction} computes, from scalar arguments that may change with the step. */
public final class HistogramStatistics {
  private final Execution execution;
  private final int steps;

  public HistogramStatistics(Execution execution, int steps) {
    this.execution = execution;
    this.steps = steps;
  }

  /** {@code histogram_quantile}. */
  public List<HistogramFunction.Output> quantile(Operator argument, Expr expr) {
    double[] quantiles = quantiles(argument, expr);
    return List.of(
        new HistogramFunction.Output(new Quantile(quantiles, quantiles[0], false), "", ""));
  }

  /** {@code histogram_quantiles}: one result per quantile, told apart by a label. */
  public List<HistogramFunction.Output> quantiles(
      List<Operator> arguments, List<Expr> exprs, String label) {
    List<HistogramFunction.Output> outputs = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      double[] quantiles = quantiles(arguments.get(i), exprs.get(i));
      List<Double> seen = new ArrayList<>();
      for (double q : quantiles) {
        if (!seen.contains(q)) {
          seen.add(q);
          outputs.add(
              new HistogramFunction.Output(
                  new Quantile(quantiles, q, true), label, openMetrics(q)));
        }
      }
    }
    return outputs;
  }

  /** {@code histogram_fraction}. */
  public List<HistogramFunction.Output> fraction(Operator lower, Operator upper) {
    double[] low = ScalarArgument.values(execution, lower, steps);
    double[] high = ScalarArgument.values(execution, upper, steps);
    return List.of(new HistogramFunction.Output(new Fraction(low, high), "", ""));
  }

  private double[] quantiles(Operator argument, Expr expr) {
    double[] quantiles = ScalarArgument.values(execution, argument, steps);
    for (double q : quantiles) {
      warnUnlessQuantile(execution.annotations(), q, expr.position());
    }
    return quantiles;
  }

  /** Warns where a number is no quantile. */
  public static void warnUnlessQuantile(Annotations annotations, double q, PositionRange at) {
    if (!(q >= 0 && q <= 1)) {
      annotations.warning(
          "quantile value should be between 0 and 1, got " + GoFloat.shortest(q), at);
    }
  }

  /** As OpenMetrics wants label values that are numbers: {@code 1.0}. */
  private static String openMetrics(double value) {
    String text = GoFloat.shortest(value);
    boolean whole = text.indexOf('.') < 0 && text.indexOf('e') < 0;
    return Double.isFinite(value) && whole ? text + ".0" : text;
  }

  /**
   * @param one only steps with this quantile have a result, where {@code only}
   */
  private record Quantile(double[] quantiles, double one, boolean only)
      implements HistogramFunction.Statistic {
    @Override
    public boolean applies(int step) {
      return !only || Double.compare(quantiles[step], one) == 0;
    }

    @Override
    public double classic(ClassicBuckets buckets, int step) {
      return buckets.quantile(quantiles[step]);
    }

    @Override
    public double nativeHistogram(FloatHistogram histogram, int step, NativeNotes notes) {
      HistogramQuantile result = HistogramQuantile.of(quantiles[step], histogram);
      switch (result.note()) {
        case NONE -> {}
        case NAN -> notes.quantileIsNan();
        case SKEWED -> notes.quantileIsSkewed();
      }
      return result.value();
    }
  }

  private record Fraction(double[] lower, double[] upper) implements HistogramFunction.Statistic {
    @Override
    public double classic(ClassicBuckets buckets, int step) {
      return buckets.fraction(lower[step], upper[step]);
    }

    @Override
    public double nativeHistogram(FloatHistogram histogram, int step, NativeNotes notes) {
      HistogramQuantile result = HistogramQuantile.fraction(lower[step], upper[step], histogram);
      if (result.note() != HistogramQuantile.Note.NONE) {
        notes.fractionWithoutNan();
      }
      return result.value();
    }
  }
}
