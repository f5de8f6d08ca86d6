package io.narthex.promql.function;

import io.narthex.storage.SampleBuffer;

/** The samples of an anchored or smoothed range, with one at either border. */
public final class ExtendedRange {
  private ExtendedRange() {}

  /** The samples of the only window, which is loaded and not empty. */
  public static SampleBuffer extended(Windows window, boolean smoothed) {
    SampleBuffer out = new SampleBuffer();
    long[] t = window.samples.timestamps;
    double[] v = window.samples.values;
    long start = window.start(0);
    long end = window.end(0);
    int low = window.low[0];
    int last = window.high[0] - 1;
    int first = low;
    while (first < last && t[first] <= start) {
      first++;
    }
    first = Math.max(low, first - 1);
    if (smoothed) {
      int i = low;
      while (i < last && t[i] < end) {
        i++;
      }
      last = i;
    }
    if (t[last] <= start) {
      return out;
    }
    double left =
        smoothed && t[first] < start
            ? ExtendedRate.interpolated(t, v, first, start, false)
            : v[first];
    double right =
        smoothed && last > low && t[last] > end
            ? ExtendedRate.interpolated(t, v, last - 1, end, false)
            : v[last];
    out.add(start, left);
    int from = t[first] <= start ? first + 1 : first;
    int to = t[last] >= end ? last - 1 : last;
    for (int i = from; i <= to; i++) {
      out.add(t[i], v[i]);
    }
    out.add(end, right);
    return out;
  }
}
