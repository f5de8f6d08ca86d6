package io.narthex.promql.function;

/** {@code ts_of_max_over_time} and {@code ts_of_min_over_time}: of equal values the latest wins. */
final class TimeOfExtreme implements FloatKernel {
  private final boolean max;

  TimeOfExtreme(boolean max) {
    this.max = max;
  }

  @Override
  public void floats(Windows windows, Column out, Scratch scratch) {
    double[] v = windows.samples.values;
    for (int k = 0; k < windows.steps(); k++) {
      int low = windows.low[k];
      int high = windows.high[k];
      if (low == high) {
        continue;
      }
      int best = low;
      for (int i = low + 1; i < high; i++) {
        if (Double.isNaN(v[best]) || (max ? v[i] >= v[best] : v[i] <= v[best])) {
          best = i;
        }
      }
      out.set(k, windows.samples.timestamps[best] / 1000.0);
    }
  }
}
