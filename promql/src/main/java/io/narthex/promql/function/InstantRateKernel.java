package io.narthex.promql.function;

/** {@code irate} and {@code idelta}: from the last two samples of the window. */
public final class InstantRateKernel implements RangeKernel {
  private final boolean rate;

  private InstantRateKernel(boolean rate) {
    this.rate = rate;
  }

  public static InstantRateKernel irate() {
    return new InstantRateKernel(true);
  }

  public static InstantRateKernel idelta() {
    return new InstantRateKernel(false);
  }

  @Override
  public void floats(Windows windows, Column out, Scratch scratch) {
    long[] t = windows.samples.timestamps;
    double[] v = windows.samples.values;
    for (int k = 0; k < windows.steps(); k++) {
      int last = windows.high[k] - 1;
      if (last > windows.low[k] && t[last] != t[last - 1]) {
        out.set(k, value(v[last - 1], v[last], t[last] - t[last - 1]));
      }
    }
  }

  private double value(double before, double last, long intervalMillis) {
    if (!rate) {
      return last - before;
    }
    double increase = last < before ? last : last - before;
    return increase / (intervalMillis / 1000.0);
  }

  @Override
  public void mixed(Windows windows, Column out, Scratch scratch, Notes notes) {
    long[] t = windows.samples.timestamps;
    double[] v = windows.samples.values;
    var h = windows.samples.histograms;
    for (int k = 0; k < windows.steps(); k++) {
      int last = windows.high[k] - 1;
      if (last <= windows.low[k] || t[last] == t[last - 1]) {
        continue;
      }
      var b = h == null ? null : h[last];
      var a = h == null ? null : h[last - 1];
      if (a == null && b == null) {
        boolean reset = rate && StartTimes.isReset(windows.samples, last - 1, last);
        double before = reset ? 0 : v[last - 1];
        out.set(k, value(before, v[last], t[last] - t[last - 1]));
      } else if (a != null && b != null) {
        boolean reset = rate && StartTimes.isReset(windows.samples, last - 1, last);
        HistogramRate.instant(a, b, t[last] - t[last - 1], rate, reset, notes, out, k);
      } else {
        notes.mixedFloatsAndHistograms();
      }
    }
  }
}
