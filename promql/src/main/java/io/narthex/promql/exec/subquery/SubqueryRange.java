package io.narthex.promql.exec.subquery;

import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.promql.exec.Grid;
import io.narthex.promql.exec.Operator;
import io.narthex.promql.exec.SeriesList;
import io.narthex.promql.exec.Worker;
import io.narthex.promql.exec.selector.RangeSource;
import io.narthex.promql.function.Column;
import io.narthex.storage.SampleBuffer;

/**
 * The samples of a subquery: its expression at all times that any window needs, on a grid that all
 * windows share.
 */
public final class SubqueryRange implements RangeSource {
  private final Operator input;
  private final Grid grid;

  public SubqueryRange(Operator input, Grid grid) {
    this.input = input;
    this.grid = grid;
  }

  /**
   * The times of a subquery: multiples of its step, after the first window's start and up to the
   * last window's end.
   */
  public static Grid grid(long firstEnd, long lastEnd, long range, long step) {
    long start = step * ((firstEnd - range) / step);
    if (start <= firstEnd - range) {
      start += step;
    }
    return Grid.between(start, lastEnd, step);
  }

  @Override
  public SeriesList series() {
    return input.series();
  }

  @Override
  public void prepare() {
    input.prepare();
  }

  @Override
  public boolean isStored() {
    return false;
  }

  @Override
  public void read(int series, SampleBuffer into, Worker worker) {
    into.clear();
    Column scratch = worker.borrow(grid.steps());
    Column column = input.column(series, scratch, worker);
    into.reserve(grid.steps());
    for (int k = 0; k < grid.steps(); k++) {
      if (column.has(k)) {
        FloatHistogram histogram = column.histogram(k);
        if (histogram == null) {
          into.add(grid.time(k), column.values[k]);
        } else {
          into.add(grid.time(k), forgetReset(histogram));
        }
      }
    }
    worker.release(scratch);
  }

  /** What a histogram knows of the one before it does not hold for that of the subquery. */
  private static FloatHistogram forgetReset(FloatHistogram histogram) {
    return histogram.counterResetHint() == CounterResetHint.GAUGE
        ? histogram
        : histogram.withCounterResetHint(CounterResetHint.UNKNOWN);
  }
}
