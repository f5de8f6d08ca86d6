package io.narthex.promql.exec;

import io.narthex.promql.function.Column;

/**
 * A part of a query that yields series over a grid of steps.
 *
 * <p>Order of use, by one thread: {@link #series} once or more, then {@link #prepare} once. After
 * that {@link #column} may be called by several threads, each with a worker of its own, in any
 * order; callers ask for each series once, as it is computed anew each time.
 */
public interface Operator {
  /**
   * The label sets. A series may turn out to have no sample at all; that is as if it were not in
   * the list. Operators whose labels depend on values evaluate their input here.
   */
  SeriesList series();

  /** Does what has to be done before the first column: folds, or loads one side of a join. */
  void prepare();

  /**
   * Computes one series.
   *
   * @param into a column of this operator's grid with any content
   * @return {@code into}, or a column that nobody ever changes again
   */
  Column column(int series, Column into, Worker worker);

  /** Bytes of the columns that are held between calls; what inputs hold does not count. */
  default long heldBytes() {
    return 0;
  }
}
