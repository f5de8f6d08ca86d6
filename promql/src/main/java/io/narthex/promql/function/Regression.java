package io.narthex.promql.function;

/** {@code deriv} and {@code predict_linear}: a least-squares line through the window's samples. */
final class Regression implements FloatKernel {
  private final double[] durations;

  private Regression(double[] durations) {
    this.durations = durations;
  }

  static Regression deriv() {
    return new Regression(new double[0]);
  }

  /**
   * @param durations how many seconds ahead to predict, at each step
   */
  static Regression predict(double[] durations) {
    return new Regression(durations);
  }

  @Override
  public void floats(Windows windows, Column out, Scratch scratch) {
    Line line = new Line();
    for (int k = 0; k < windows.steps(); k++) {
      int low = windows.low[k];
      if (windows.count(k) < 2) {
        continue;
      }
      if (durations.length == 0) {
        // Times are taken relative to the first sample to keep the sums small.
        line.fit(windows, low, windows.high[k], windows.samples.timestamps[low]);
        out.set(k, line.slope);
      } else {
        line.fit(windows, low, windows.high[k], windows.time(k));
        out.set(k, line.slope * durations[k] + line.intercept);
      }
    }
  }

  private static final class Line {
    private final Kahan x = new Kahan();
    private final Kahan y = new Kahan();
    private final Kahan xy = new Kahan();
    private final Kahan x2 = new Kahan();
    private double slope;
    private double intercept;

    void fit(Windows windows, int low, int high, long interceptTime) {
      long[] t = windows.samples.timestamps;
      double[] v = windows.samples.values;
      if (isConstant(v, low, high)) {
        boolean infinite = Double.isInfinite(v[low]);
        slope = infinite ? Double.NaN : 0;
        intercept = infinite ? Double.NaN : v[low];
        return;
      }
      x.reset();
      y.reset();
      xy.reset();
      x2.reset();
      for (int i = low; i < high; i++) {
        double seconds = (t[i] - interceptTime) / 1e3;
        x.add(seconds);
        y.add(v[i]);
        xy.add(seconds * v[i]);
        x2.add(seconds * seconds);
      }
      double n = high - low;
      double sumX = x.sum + x.compensation;
      double sumY = y.sum + y.compensation;
      double covariance = xy.sum + xy.compensation - sumX * sumY / n;
      double variance = x2.sum + x2.compensation - sumX * sumX / n;
      slope = covariance / variance;
      intercept = sumY / n - slope * sumX / n;
    }

    private static boolean isConstant(double[] v, int low, int high) {
      for (int i = low + 1; i < high; i++) {
        if (v[i] != v[low]) {
          return false;
        }
      }
      return true;
    }
  }
}
