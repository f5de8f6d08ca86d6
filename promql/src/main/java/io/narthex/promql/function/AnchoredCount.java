package io.narthex.promql.function;

/**
 * {@code changes} and {@code resets} over an anchored range: counted from the last sample at or
 * before the range's start on. A range without a sample of its own has no result.
 */
final class AnchoredCount implements RangeKernel {
  private final RangeKernel kernel;

  AnchoredCount(RangeKernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public void floats(Windows windows, Column out, Scratch scratch) {
    anchor(windows);
    kernel.floats(windows, out, scratch);
  }

  @Override
  public void mixed(Windows windows, Column out, Scratch scratch, Notes notes) {
    anchor(windows);
    kernel.mixed(windows, out, scratch, notes);
  }

  private static void anchor(Windows windows) {
    long[] t = windows.samples.timestamps;
    for (int k = 0; k < windows.steps(); k++) {
      int first = windows.low[k];
      while (first < windows.high[k] && t[first] <= windows.start(k)) {
        first++;
      }
      if (first == windows.high[k]) {
        windows.low[k] = first;
      } else if (first > windows.low[k]) {
        windows.low[k] = first - 1;
      }
    }
  }
}
