package io.narthex.promql.function;

/** Quantiles of plain values. */
public final class Quantiles {
  private Quantiles() {}

  /**
   * The quantile of the first {@code n} values, interpolated between neighbours; NaN counts as
   * smallest. The array is sorted.
   */
  public static double of(double q, double[] values, int n) {
    SortedWindow window = new SortedWindow();
    window.moveTo(values, 0, n);
    return window.quantile(q);
  }
}
