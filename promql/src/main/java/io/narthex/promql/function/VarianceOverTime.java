package io.narthex.promql.function;

/** {@code stddev_over_time} and {@code stdvar_over_time} by Welford's method. */
final class VarianceOverTime implements FloatKernel {
  private final boolean deviation;

  VarianceOverTime(boolean deviation) {
    this.deviation = deviation;
  }

  @Override
  public void floats(Windows windows, Column out, Scratch scratch) {
    double[] v = windows.samples.values;
    for (int k = 0; k < windows.steps(); k++) {
      if (windows.count(k) > 0) {
        double variance = variance(v, windows.low[k], windows.high[k]);
        out.set(k, deviation ? Math.sqrt(variance) : variance);
      }
    }
  }

  private static double variance(double[] v, int low, int high) {
    double count = 0;
    double mean = 0;
    double meanC = 0;
    double aux = 0;
    double auxC = 0;
    for (int i = low; i < high; i++) {
      count++;
      double delta = v[i] - (mean + meanC);
      double add = delta / count;
      double t = mean + add;
      meanC = Kahan.compensated(add, mean, t, meanC);
      mean = t;
      double square = delta * (v[i] - (mean + meanC));
      t = aux + square;
      auxC = Kahan.compensated(square, aux, t, auxC);
      aux = t;
    }
    return (aux + auxC) / count;
  }
}
