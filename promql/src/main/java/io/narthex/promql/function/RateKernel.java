package io.narthex.promql.function;

import io.narthex.storage.SampleBuffer;

/**
 * {@code rate}, {@code increase} and {@code delta}: last minus first sample of the window,
 * corrected for counter resets and extrapolated to the window's borders.
 *
 * <p>Resets are found once per series, so that a step costs only the resets in its window.
 */
public final class RateKernel implements RangeKernel {
  private final boolean counter;
  private final boolean perSecond;

  private RateKernel(boolean counter, boolean perSecond) {
    this.counter = counter;
    this.perSecond = perSecond;
  }

  public static RateKernel rate() {
    return new RateKernel(true, true);
  }

  public static RateKernel increase() {
    return new RateKernel(true, false);
  }

  public static RateKernel delta() {
    return new RateKernel(false, false);
  }

  @Override
  public void floats(Windows windows, Column out, Scratch scratch) {
    SampleBuffer samples = windows.samples;
    long[] t = samples.timestamps;
    double[] v = samples.values;
    int[] resets = scratch.ints(samples.size() + 1);
    int resetCount = counter ? findResets(v, samples.size(), resets) : 0;
    int firstReset = 0;
    double rangeSeconds = seconds(windows.range());
    for (int k = 0; k < windows.steps(); k++) {
      int first = windows.low[k];
      int last = windows.high[k] - 1;
      if (last <= first) {
        continue;
      }
      double result = v[last] - v[first];
      while (firstReset < resetCount && resets[firstReset] <= first) {
        firstReset++;
      }
      for (int r = firstReset; r < resetCount && resets[r] <= last; r++) {
        result += v[resets[r] - 1];
      }
      double sampled = (t[last] - t[first]) / 1000.0;
      double factor =
          factor(
              sampled,
              (t[first] - windows.start(k)) / 1000.0,
              (windows.end(k) - t[last]) / 1000.0,
              last - first,
              result,
              v[first]);
      if (perSecond) {
        factor /= rangeSeconds;
      }
      out.set(k, result * factor);
    }
  }

  /** By how much the increase between the samples is stretched towards the borders. */
  private double factor(
      double sampled, double toStart, double toEnd, int intervals, double result, double first) {
    double average = sampled / intervals;
    double threshold = average * 1.1;
    double start = toStart >= threshold ? average / 2 : toStart;
    if (counter && result > 0 && first >= 0) {
      // A counter was never below zero: do not extrapolate beyond the time it would have been.
      double toZero = sampled * (first / result);
      if (toZero < start) {
        start = toZero;
      }
    }
    double end = toEnd >= threshold ? average / 2 : toEnd;
    return sampled == 0 ? 1 : (sampled + start + end) / sampled;
  }

  private static int findResets(double[] v, int n, int[] resets) {
    int found = 0;
    for (int i = 1; i < n; i++) {
      if (v[i] < v[i - 1]) {
        resets[found++] = i;
      }
    }
    return found;
  }

  @Override
  public void mixed(Windows windows, Column out, Scratch scratch, Notes notes) {
    Windows floats = windows.floats();
    if (counter && floats.samples.startTimestamps != null) {
      new StartedRate(perSecond, notes).floats(floats, out);
    } else {
      floats(floats, out, scratch);
    }
    Windows histograms = windows.histograms();
    HistogramRate rate = new HistogramRate(counter, perSecond, notes);
    for (int k = 0; k < windows.steps(); k++) {
      if (histograms.count(k) == 0) {
        continue;
      }
      if (floats.count(k) > 0) {
        out.remove(k);
        notes.mixedFloatsAndHistograms();
      } else {
        rate.compute(histograms, k, out);
      }
    }
  }

  /** A length in seconds, computed as Go's {@code Duration.Seconds} does. */
  static double seconds(long millis) {
    return millis / 1000 + (millis % 1000 * 1_000_000) / 1e9;
  }
}
