package io.narthex.promql.function;

import java.util.function.DoubleConsumer;

/** {@code quantile_over_time}. */
final class QuantileOverTime implements FloatKernel {
  private final double[] quantiles;
  private final DoubleConsumer outOfRange;

  /**
   * @param quantiles the quantile wanted at each step
   * @param outOfRange told of each quantile used that is not between 0 and 1
   */
  QuantileOverTime(double[] quantiles, DoubleConsumer outOfRange) {
    this.quantiles = quantiles;
    this.outOfRange = outOfRange;
  }

  @Override
  public void floats(Windows windows, Column out, Scratch scratch) {
    SortedWindow window = scratch.window();
    window.reset();
    for (int k = 0; k < windows.steps(); k++) {
      if (windows.count(k) > 0) {
        window.moveTo(windows.samples.values, windows.low[k], windows.high[k]);
        out.set(k, window.quantile(quantiles[k]));
        if (!(quantiles[k] >= 0 && quantiles[k] <= 1)) {
          outOfRange.accept(quantiles[k]);
        }
      }
    }
  }
}
