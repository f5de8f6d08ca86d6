package io.narthex.promql.function;

/**
 * {@code count_over_time}, {@code present_over_time} and the presence {@code absent_over_time}
 * wants.
 */
public final class CountOverTime implements RangeKernel {
  private final boolean count;

  private CountOverTime(boolean count) {
    this.count = count;
  }

  public static CountOverTime count() {
    return new CountOverTime(true);
  }

  /** 1 wherever there is any sample. */
  public static CountOverTime presence() {
    return new CountOverTime(false);
  }

  @Override
  public void floats(Windows windows, Column out, Scratch scratch) {
    for (int k = 0; k < windows.steps(); k++) {
      int n = windows.count(k);
      if (n > 0) {
        out.set(k, count ? n : 1);
      }
    }
  }

  @Override
  public void mixed(Windows windows, Column out, Scratch scratch, Notes notes) {
    floats(windows, out, scratch);
  }
}
