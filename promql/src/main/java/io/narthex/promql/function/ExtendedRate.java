package io.narthex.promql.function;

/**
 * {@code rate}, {@code increase} and {@code delta} over anchored and smoothed ranges: from border
 * to border, without extrapolation. The value at a border is that of the sample before it, or
 * interpolated between its neighbours where smoothed.
 */
final class ExtendedRate implements RangeKernel {
  private final boolean counter;
  private final boolean perSecond;
  private final boolean smoothed;

  ExtendedRate(boolean counter, boolean perSecond, boolean smoothed) {
    this.counter = counter;
    this.perSecond = perSecond;
    this.smoothed = smoothed;
  }

  @Override
  public void floats(Windows windows, Column out, Scratch scratch) {
    double rangeSeconds = RateKernel.seconds(windows.range());
    for (int k = 0; k < windows.steps(); k++) {
      if (windows.count(k) > 0) {
        step(windows, k, out, rangeSeconds);
      }
    }
  }

  private void step(Windows windows, int k, Column out, double rangeSeconds) {
    long[] t = windows.samples.timestamps;
    double[] v = windows.samples.values;
    long start = windows.start(k);
    long end = windows.end(k);
    int low = windows.low[k];
    int last = windows.high[k] - 1;
    int first = Math.max(low, firstAfter(t, low, last, start) - 1);
    if (smoothed) {
      last = firstAtOrAfter(t, low, last, end);
    }
    if (t[last] <= start || (smoothed && t[first] > end)) {
      return;
    }
    double left =
        smoothed && t[first] < start ? interpolated(t, v, first, start, counter) : v[first];
    double right =
        smoothed && last > low && t[last] > end
            ? interpolated(t, v, last - 1, end, counter)
            : v[last];
    double result = right - left;
    if (counter) {
      int from = t[first] <= start ? first + 1 : first;
      int to = t[last] >= end ? last - 1 : last;
      result += resets(v, from, to, left, right);
    }
    out.set(k, perSecond ? result / rangeSeconds : result);
  }

  private static int firstAfter(long[] t, int from, int to, long time) {
    int i = from;
    while (i < to && t[i] <= time) {
      i++;
    }
    return i;
  }

  private static int firstAtOrAfter(long[] t, int from, int to, long time) {
    int i = from;
    while (i < to && t[i] < time) {
      i++;
    }
    return i;
  }

  /** The value between a sample and the next; a counter that fell starts from zero. */
  static double interpolated(long[] t, double[] v, int i, long time, boolean counter) {
    double a = counter && v[i + 1] < v[i] ? 0 : v[i];
    return a + (v[i + 1] - a) * (double) (time - t[i]) / (double) (t[i + 1] - t[i]);
  }

  private static double resets(double[] v, int from, int to, double left, double right) {
    double correction = 0;
    double before = left;
    for (int i = from; i <= to; i++) {
      if (v[i] < before) {
        correction += before;
      }
      before = v[i];
    }
    return right < before ? correction + before : correction;
  }

  @Override
  public void mixed(Windows windows, Column out, Scratch scratch, Notes notes) {
    Windows floats = windows.floats();
    Windows histograms = windows.histograms();
    ExtendedHistogramRate rate = new ExtendedHistogramRate(counter, perSecond, smoothed, notes);
    double rangeSeconds = RateKernel.seconds(windows.range());
    for (int k = 0; k < windows.steps(); k++) {
      if (floats.count(k) > 0 && histograms.count(k) > 0) {
        notes.mixedFloatsAndHistograms();
      } else if (floats.count(k) > 0) {
        step(floats, k, out, rangeSeconds);
      } else if (histograms.count(k) > 0) {
        rate.compute(histograms, k, out);
      }
    }
  }
}
