package io.narthex.promql.exec.binary;

import io.narthex.promql.exec.ConstantOperator;
import io.narthex.promql.exec.Operator;
import io.narthex.promql.exec.SeriesList;
import io.narthex.promql.exec.Worker;
import io.narthex.promql.function.Column;
import io.narthex.promql.syntax.BinaryOperator;

/** An operator between two scalars. */
public final class ScalarPair implements Operator {
  private final BinaryOperator operator;
  private final Operator left;
  private final Operator right;

  public ScalarPair(BinaryOperator operator, Operator left, Operator right) {
    this.operator = operator;
    this.left = left;
    this.right = right;
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
      into.values[k] =
          operator.isComparison()
              ? FloatOperation.holds(operator, a.values[k], b.values[k]) ? 1 : 0
              : FloatOperation.arithmetic(operator, a.values[k], b.values[k]);
    }
    into.histograms = null;
    into.markAll();
    worker.release(scratch);
    return into;
  }
}
