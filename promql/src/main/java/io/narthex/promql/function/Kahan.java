package io.narthex.promql.function;

/**
 * A running sum that keeps what rounding takes away (Kahan's summation as improved by Neumaier).
 * Kernels that run over many series at once carry sum and compensation in arrays and repeat these
 * few operations inline.
 */
public final class Kahan {
  public double sum;
  public double compensation;

  public void reset() {
    sum = 0;
    compensation = 0;
  }

  public void add(double value) {
    double t = sum + value;
    compensation = compensated(value, sum, t, compensation);
    sum = t;
  }

  /** Sum and compensation together, or the sum alone where it is infinite. */
  public double total() {
    return Double.isInfinite(sum) ? sum : sum + compensation;
  }

  /**
   * The compensation after {@code value} was added to {@code before} with the rounded sum {@code
   * after}.
   */
  public static double compensated(double value, double before, double after, double compensation) {
    if (after > Double.MAX_VALUE || after < -Double.MAX_VALUE) {
      return 0;
    }
    if (Math.abs(before) >= Math.abs(value)) {
      return compensation + ((before - after) + value);
    }
    return compensation + ((value - after) + before);
  }
}
