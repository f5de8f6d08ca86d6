package io.narthex.promql.function;

/** A range function of float samples alone. */
interface FloatKernel {
  /** Fills the column, which is empty, from the windows. */
  void floats(Windows windows, Column out, Scratch scratch);
}
