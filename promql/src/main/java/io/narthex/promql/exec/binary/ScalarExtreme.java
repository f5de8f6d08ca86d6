package io.narthex.promql.exec.binary;

import io.narthex.promql.exec.ConstantOperator;
import io.narthex.promql.exec.Operator;
import io.narthex.promql.exec.SeriesList;
import io.narthex.promql.exec.Worker;
import io.narthex.promql.function.Column;
import io.narthex.promql.function.MathKernels;

/** {@code max_of} and {@code min_of}: the larger or smaller of two scalars. */
public final class ScalarExtreme implements Operator {
  private final Operator left;
  private final Operator right;
  private final boolean max;

  public ScalarExtreme(Operator left, Operator right, boolean max) {
    this.left = left;
    this.right = right;
    this.max = max;
  }

  @Override
  public SeriesList series() {
    left.series();
    right.series();
    return ConstantOperator.SCALAR;
  }

  @Override
  public void prepare() {
    left.prepare();
    right.prepare();
  }

  @Override
  public Column column(int series, Column into, Worker worker) {
    Column scratch = worker.borrow(into.steps);
    Column a = left.column(0, into, worker);
    Column b = right.column(0, scratch, worker);
    for (int k = 0; k < into.steps; k++) {
      double x = a.values[k];
      double y = b.values[k];
      into.values[k] = max ? MathKernels.max(x, y) : MathKernels.min(x, y);
    }
    into.histograms = null;
    into.markAll();
    worker.release(scratch);
    return into;
  }
}
