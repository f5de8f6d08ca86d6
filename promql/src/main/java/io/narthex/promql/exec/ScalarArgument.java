package io.narthex.promql.exec;

import io.narthex.promql.function.Column;

/** Evaluates operators that yield a scalar. */
public final class ScalarArgument {
  private ScalarArgument() {}

  /** The scalar's value at each step. */
  public static double[] values(Execution execution, Operator scalar, int steps) {
    scalar.series();
    scalar.prepare();
    Worker worker = execution.takeWorker();
    Column into = worker.borrow(steps);
    double[] values = scalar.column(0, into, worker).values.clone();
    worker.release(into);
    execution.giveBack(worker);
    return values;
  }
}
