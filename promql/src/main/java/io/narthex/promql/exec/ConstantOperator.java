package io.narthex.promql.exec;

import io.narthex.model.labels.Labels;
import io.narthex.promql.function.Column;
import java.util.Arrays;

/** One series without labels whose values are known beforehand: numbers and times. */
public final class ConstantOperator implements Operator {
  /** The one series without labels that scalars are. */
  public static final SeriesList SCALAR = new SeriesList(new Labels[] {Labels.EMPTY}, true);

  private final Column column;

  private ConstantOperator(Column column) {
    this.column = column;
  }

  /** The same number at each step. */
  public static ConstantOperator number(double value, Grid grid) {
    Column column = new Column(grid.steps());
    Arrays.fill(column.values, value);
    column.markAll();
    return new ConstantOperator(column);
  }

  /** A number of its own at each step. */
  public static ConstantOperator values(double[] values) {
    Column column = new Column(values.length);
    System.arraycopy(values, 0, column.values, 0, values.length);
    column.markAll();
    return new ConstantOperator(column);
  }

  /** The evaluation time in seconds. */
  public static ConstantOperator time(Grid grid) {
    double[] seconds = new double[grid.steps()];
    for (int k = 0; k < seconds.length; k++) {
      seconds[k] = grid.time(k) / 1000.0;
    }
    return values(seconds);
  }

  @Override
  public SeriesList series() {
    return SCALAR;
  }

  @Override
  public void prepare() {}

  @Override
  public Column column(int series, Column into, Worker worker) {
    return column;
  }
}
