package io.narthex.promql.function;

/** Makes a float function a range function: histograms are left out, and that is told. */
final class FloatsOnly implements RangeKernel {
  private final FloatKernel kernel;

  FloatsOnly(FloatKernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public void floats(Windows windows, Column out, Scratch scratch) {
    kernel.floats(windows, out, scratch);
  }

  @Override
  public void mixed(Windows windows, Column out, Scratch scratch, Notes notes) {
    Windows floats = windows.floats();
    kernel.floats(floats, out, scratch);
    for (int k = 0; k < windows.steps(); k++) {
      if (floats.count(k) > 0 && floats.count(k) < windows.count(k)) {
        notes.histogramsIgnored();
        return;
      }
    }
  }
}
