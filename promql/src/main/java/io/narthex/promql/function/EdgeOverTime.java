package io.narthex.promql.function;

/**
 * {@code first_over_time}, {@code last_over_time} and their {@code ts_of_} forms: the sample at one
 * edge of the window.
 */
public final class EdgeOverTime implements RangeKernel {
  private final boolean first;
  private final boolean time;

  /**
   * @param first the earliest sample, else the latest
   * @param time its time in seconds, else its value
   */
  public EdgeOverTime(boolean first, boolean time) {
    this.first = first;
    this.time = time;
  }

  @Override
  public void floats(Windows windows, Column out, Scratch scratch) {
    for (int k = 0; k < windows.steps(); k++) {
      if (windows.count(k) > 0) {
        int i = edge(windows, k);
        out.set(k, time ? windows.samples.timestamps[i] / 1000.0 : windows.samples.values[i]);
      }
    }
  }

  @Override
  public void mixed(Windows windows, Column out, Scratch scratch, Notes notes) {
    floats(windows, out, scratch);
    var histograms = windows.samples.histograms;
    if (time || histograms == null) {
      return;
    }
    for (int k = 0; k < windows.steps(); k++) {
      if (windows.count(k) > 0 && histograms[edge(windows, k)] != null) {
        out.set(k, histograms[edge(windows, k)]);
      }
    }
  }

  private int edge(Windows windows, int k) {
    return first ? windows.low[k] : windows.high[k] - 1;
  }
}
