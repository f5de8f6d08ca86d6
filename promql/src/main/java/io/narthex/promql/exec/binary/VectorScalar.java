package io.narthex.promql.exec.binary;

import io.narthex.promql.Annotations;
import io.narthex.promql.exec.Execution;
import io.narthex.promql.exec.Operator;
import io.narthex.promql.exec.ScalarArgument;
import io.narthex.promql.exec.SeriesList;
import io.narthex.promql.exec.Worker;
import io.narthex.promql.function.Column;
import io.narthex.promql.syntax.BinaryExpr;
import org.jspecify.annotations.Nullable;

/** An operator between an instant vector and a scalar, on whichever sides. */
public final class VectorScalar implements Operator {
  private final Execution execution;
  private final Operator vector;
  private final Operator scalar;
  private final boolean vectorLeft;
  private final int steps;
  private final PairOperation operation;
  private @Nullable SeriesList series;
  private Column scalars = new Column(0);

  public VectorScalar(
      Execution execution,
      BinaryExpr expr,
      Operator vector,
      Operator scalar,
      boolean vectorLeft,
      int steps) {
    this.execution = execution;
    this.vector = vector;
    this.scalar = scalar;
    this.vectorLeft = vectorLeft;
    this.steps = steps;
    Annotations annotations = execution.annotations();
    this.operation =
        new PairOperation(expr.operator(), expr.returnBool(), annotations, expr.position());
  }

  @Override
  public SeriesList series() {
    if (series == null) {
      SeriesList all = vector.series();
      boolean drops = operation.changesMetric() || operation.returnBool();
      series = drops ? all.withoutNames(execution.delayedNames()) : all;
    }
    return series;
  }

  @Override
  public void prepare() {
    Column column = new Column(steps);
    double[] values = ScalarArgument.values(execution, scalar, steps);
    System.arraycopy(values, 0, column.values, 0, steps);
    column.markAll();
    scalars = column;
    vector.prepare();
  }

  @Override
  public Column column(int i, Column into, Worker worker) {
    Column in = vector.column(i, into, worker);
    if (vectorLeft) {
      operation.apply(in, scalars, into, false);
    } else {
      operation.apply(scalars, in, into, true);
    }
    return into;
  }
}
