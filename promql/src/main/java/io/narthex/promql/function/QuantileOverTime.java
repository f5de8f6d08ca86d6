package io.narthex.promql.function;

/** {@code quantile_over_time}. */
final class QuantileOverTime implements FloatKernel {
  private final double[] quantiles;

  /**
   * @param quantiles the quantile wanted at each step
   */
  QuantileOverTime(double[] quantiles) {
    this.quantiles = quantiles;
  }

  @Override
  public void floats(Windows windows, Column out, Scratch scratch) {
    SortedWindow window = scratch.window();
    window.reset();
    for (int k = 0; k < windows.steps(); k++) {
      if (windows.count(k) > 0) {
        window.moveTo(windows.samples.values, windows.low[k], windows.high[k]);
        out.set(k, window.quantile(quantiles[k]));
      }
    }
  }
}
