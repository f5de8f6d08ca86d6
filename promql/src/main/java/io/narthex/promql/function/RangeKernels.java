package io.narthex.promql.function;

import java.util.function.DoubleConsumer;

/** The kernels of range functions by name, where they have no or only scalar arguments. */
public final class RangeKernels {
  private RangeKernels() {}

  /**
   * {@code quantile_over_time}.
   *
   * @param quantiles the quantile at each step
   * @param outOfRange told of each quantile used that is not between 0 and 1; by many threads
   */
  public static RangeKernel quantile(double[] quantiles, DoubleConsumer outOfRange) {
    return new FloatsOnly(new QuantileOverTime(quantiles, outOfRange));
  }

  /**
   * The kernel of any other function.
   *
   * @param scalars the scalar arguments at each step, in order
   */
  public static RangeKernel of(String name, double[]... scalars) {
    return switch (name) {
      case "rate" -> RateKernel.rate();
      case "increase" -> RateKernel.increase();
      case "delta" -> RateKernel.delta();
      case "irate" -> InstantRateKernel.irate();
      case "idelta" -> InstantRateKernel.idelta();
      case "sum_over_time" -> new SumOverTime();
      case "avg_over_time" -> new AvgOverTime();
      case "count_over_time" -> CountOverTime.count();
      case "present_over_time", "absent_over_time" -> CountOverTime.presence();
      case "min_over_time" -> new FloatsOnly(new ExtremeOverTime(false));
      case "max_over_time" -> new FloatsOnly(new ExtremeOverTime(true));
      case "ts_of_min_over_time" -> new FloatsOnly(new TimeOfExtreme(false));
      case "ts_of_max_over_time" -> new FloatsOnly(new TimeOfExtreme(true));
      case "first_over_time" -> new EdgeOverTime(true, false);
      case "last_over_time" -> new EdgeOverTime(false, false);
      case "ts_of_first_over_time" -> new EdgeOverTime(true, true);
      case "ts_of_last_over_time" -> new EdgeOverTime(false, true);
      case "stddev_over_time" -> new FloatsOnly(new VarianceOverTime(true));
      case "stdvar_over_time" -> new FloatsOnly(new VarianceOverTime(false));
      case "mad_over_time" -> new FloatsOnly(new MadOverTime());
      case "changes" -> ChangesKernel.changes();
      case "resets" -> ChangesKernel.resets();
      case "deriv" -> new FloatsOnly(Regression.deriv());
      case "predict_linear" -> new FloatsOnly(Regression.predict(scalars[0]));
      case "double_exponential_smoothing" -> new FloatsOnly(new Smoothing(scalars[0], scalars[1]));
      default -> throw new IllegalArgumentException("BUG: no such range function: " + name);
    };
  }
}
