package io.narthex.promql.function;

/** {@code sum_over_time}. */
public final class SumOverTime implements RangeKernel {
  @Override
  public void floats(Windows windows, Column out, Scratch scratch) {
    double[] v = windows.samples.values;
    for (int k = 0; k < windows.steps(); k++) {
      int high = windows.high[k];
      int low = windows.low[k];
      if (low == high) {
        continue;
      }
      double sum = 0;
      double c = 0;
      for (int i = low; i < high; i++) {
        double t = sum + v[i];
        c = Kahan.compensated(v[i], sum, t, c);
        sum = t;
      }
      out.set(k, Double.isInfinite(sum) ? sum : sum + c);
    }
  }

  @Override
  public void mixed(Windows windows, Column out, Scratch scratch, Notes notes) {
    Windows floats = windows.floats();
    floats(floats, out, scratch);
    HistogramOverTime.fill(
        floats, windows.histograms(), out, notes, HistogramOverTime.Operation.SUM);
  }
}
