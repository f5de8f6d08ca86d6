package io.narthex.promql.exec.call;

import io.narthex.promql.exec.Columns;
import io.narthex.promql.exec.ConstantOperator;
import io.narthex.promql.exec.Execution;
import io.narthex.promql.exec.Operator;
import io.narthex.promql.exec.OrderedColumns;
import io.narthex.promql.exec.SeriesList;
import io.narthex.promql.exec.Worker;
import io.narthex.promql.function.Column;
import java.util.Arrays;

/** {@code scalar}: the value of the only float sample, NaN where there is not exactly one. */
public final class ScalarFunction implements Operator {
  private final Execution execution;
  private final Operator input;
  private final int steps;
  private Column column = new Column(0);

  public ScalarFunction(Execution execution, Operator input, int steps) {
    this.execution = execution;
    this.input = input;
    this.steps = steps;
  }

  @Override
  public SeriesList series() {
    input.series();
    return ConstantOperator.SCALAR;
  }

  @Override
  public void prepare() {
    Column result = new Column(steps);
    Arrays.fill(result.values, Double.NaN);
    int[] found = new int[steps];
    long held = execution.samples().held();
    input.prepare();
    OrderedColumns.forEach(
        execution,
        input,
        steps,
        (i, in) -> {
          for (int k = 0; k < steps; k++) {
            if (in.hasFloat(k)) {
              result.values[k] = found[k]++ == 0 ? in.values[k] : Double.NaN;
            }
          }
        });
    execution.samples().settle(held, steps);
    result.markAll();
    column = result;
  }

  @Override
  public long heldBytes() {
    return Columns.bytes(column);
  }

  @Override
  public Column column(int i, Column into, Worker worker) {
    return column;
  }
}
