package io.narthex.promql.function;

/**
 * {@code avg_over_time}: the sum divided by the count, or a running mean where the sum would
 * overflow.
 */
public final class AvgOverTime implements RangeKernel {
  @Override
  public void floats(Windows windows, Column out, Scratch scratch) {
    double[] v = windows.samples.values;
    for (int k = 0; k < windows.steps(); k++) {
      int low = windows.low[k];
      int high = windows.high[k];
      if (low < high) {
        out.set(k, mean(v, low, high));
      }
    }
  }

  private static double mean(double[] v, int low, int high) {
    double sum = v[low];
    double c = 0;
    for (int i = low + 1; i < high; i++) {
      double t = sum + v[i];
      if (Double.isInfinite(t)) {
        return runningMean(v, low, i, high, sum, c);
      }
      c = Kahan.compensated(v[i], sum, t, c);
      sum = t;
    }
    double count = high - low;
    return sum / count + c / count;
  }

  /** Goes on from the sum of {@code [low, from)}. */
  private static double runningMean(
      double[] v, int low, int from, int high, double sum, double compensation) {
    double before = from - low;
    double mean = sum / before;
    double c = compensation / before;
    for (int i = from; i < high; i++) {
      double count = i - low + 1;
      double q = (count - 1) / count;
      double value = v[i] / count;
      double scaled = q * mean;
      double t = scaled + value;
      c = Kahan.compensated(value, scaled, t, q * c);
      mean = t;
    }
    return mean + c;
  }

  @Override
  public void mixed(Windows windows, Column out, Scratch scratch, Notes notes) {
    Windows floats = windows.floats();
    floats(floats, out, scratch);
    HistogramOverTime.fill(
        floats, windows.histograms(), out, notes, HistogramOverTime.Operation.AVG);
  }
}
