package io.narthex.promql.function;

/** {@code double_exponential_smoothing}: Holt's linear method. */
final class Smoothing implements FloatKernel {
  private final double[] smoothing;
  private final double[] trend;

  /** Factors at each step, both between 0 and 1. */
  Smoothing(double[] smoothing, double[] trend) {
    this.smoothing = smoothing;
    this.trend = trend;
  }

  @Override
  public void floats(Windows windows, Column out, Scratch scratch) {
    double[] v = windows.samples.values;
    for (int k = 0; k < windows.steps(); k++) {
      int low = windows.low[k];
      if (windows.count(k) < 2) {
        continue;
      }
      double sf = smoothing[k];
      double tf = trend[k];
      double before = 0;
      double smoothed = v[low];
      double slope = v[low + 1] - v[low];
      for (int i = low + 1; i < windows.high[k]; i++) {
        double x = sf * v[i];
        if (i > low + 1) {
          slope = tf * (smoothed - before) + (1 - tf) * slope;
        }
        double y = (1 - sf) * (smoothed + slope);
        before = smoothed;
        smoothed = x + y;
      }
      out.set(k, smoothed);
    }
  }
}
