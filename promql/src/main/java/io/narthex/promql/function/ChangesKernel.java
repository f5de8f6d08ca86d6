package io.narthex.promql.function;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.storage.SampleBuffer;

/**
 * {@code changes} and {@code resets}: counted once along the series, so that each step is one
 * subtraction.
 */
public final class ChangesKernel implements RangeKernel {
  private final boolean resets;

  private ChangesKernel(boolean resets) {
    this.resets = resets;
  }

  public static ChangesKernel changes() {
    return new ChangesKernel(false);
  }

  public static ChangesKernel resets() {
    return new ChangesKernel(true);
  }

  @Override
  public void floats(Windows windows, Column out, Scratch scratch) {
    SampleBuffer samples = windows.samples;
    double[] v = samples.values;
    int n = samples.size();
    int[] upTo = scratch.ints(n + 1);
    int counted = 0;
    upTo[0] = 0;
    for (int i = 1; i < n; i++) {
      if (resets
          ? v[i] < v[i - 1]
          : v[i] != v[i - 1] && !(Double.isNaN(v[i]) && Double.isNaN(v[i - 1]))) {
        counted++;
      }
      upTo[i] = counted;
    }
    fill(windows, upTo, out);
  }

  @Override
  public void mixed(Windows windows, Column out, Scratch scratch, Notes notes) {
    SampleBuffer samples = windows.samples;
    int n = samples.size();
    int[] upTo = scratch.ints(n + 1);
    int counted = 0;
    upTo[0] = 0;
    for (int i = 1; i < n; i++) {
      if (differs(samples, i)) {
        counted++;
      }
      upTo[i] = counted;
    }
    fill(windows, upTo, out);
  }

  private boolean differs(SampleBuffer samples, int i) {
    FloatHistogram before = samples.histograms == null ? null : samples.histograms[i - 1];
    FloatHistogram now = samples.histograms == null ? null : samples.histograms[i];
    if (before == null && now == null) {
      double a = samples.values[i - 1];
      double b = samples.values[i];
      return resets
          ? b < a || StartTimes.isReset(samples, i - 1, i)
          : b != a && !(Double.isNaN(a) && Double.isNaN(b));
    }
    if (before == null || now == null) {
      return true;
    }
    return resets
        ? StartTimes.isReset(samples, i - 1, i) || now.isResetOf(before)
        : !now.matches(before);
  }

  private static void fill(Windows windows, int[] upTo, Column out) {
    for (int k = 0; k < windows.steps(); k++) {
      if (windows.count(k) > 0) {
        out.set(k, upTo[windows.high[k] - 1] - upTo[windows.low[k]]);
      }
    }
  }
}
