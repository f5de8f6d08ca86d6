package io.narthex.promql.function;

/** What a function over range vectors computes, for one series at all steps. */
public interface RangeKernel {
  /**
   * Fills the column, which is empty, from the windows. Samples are all floats without start
   * timestamps.
   *
   * @param scratch reused memory of the calling thread
   */
  void floats(Windows windows, Column out, Scratch scratch);

  /**
   * The same where some samples of the series are histograms or have start timestamps.
   *
   * @param notes takes annotations about this series
   */
  void mixed(Windows windows, Column out, Scratch scratch, Notes notes);
}
