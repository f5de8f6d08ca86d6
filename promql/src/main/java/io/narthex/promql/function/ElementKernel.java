package io.narthex.promql.function;

/** A function of single floats, over whole arrays. */
public interface ElementKernel {
  /**
   * Computes all values, also at steps without sample; {@code in} and {@code out} may be the same.
   */
  void map(double[] in, double[] out, int n);

  /** Takes samples away where the function has no result. */
  default void filter(Column column) {}
}
