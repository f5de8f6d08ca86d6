package io.narthex.promql.function;

/** {@code mad_over_time}: the median of the distances from the median; NaN where any value is. */
final class MadOverTime implements FloatKernel {
  @Override
  public void floats(Windows windows, Column out, Scratch scratch) {
    double[] v = windows.samples.values;
    SortedWindow window = scratch.window();
    for (int k = 0; k < windows.steps(); k++) {
      int n = windows.count(k);
      if (n == 0) {
        continue;
      }
      window.reset();
      window.moveTo(v, windows.low[k], windows.high[k]);
      if (Double.isNaN(window.get(0))) {
        out.set(k, Double.NaN);
        continue;
      }
      double median = window.quantile(0.5);
      double[] distances = scratch.doubles(n);
      for (int i = 0; i < n; i++) {
        distances[i] = Math.abs(v[windows.low[k] + i] - median);
      }
      window.reset();
      window.moveTo(distances, 0, n);
      out.set(k, window.quantile(0.5));
    }
  }
}
