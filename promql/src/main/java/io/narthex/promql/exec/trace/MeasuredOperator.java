package io.narthex.promql.exec.trace;

import io.narthex.promql.exec.Operator;
import io.narthex.promql.exec.SeriesList;
import io.narthex.promql.exec.Worker;
import io.narthex.promql.function.Column;

/** Stands before an operator and takes down what it does. */
final class MeasuredOperator implements Operator {
  private final Operator operator;
  private final Measure measure;
  private final WorkClock clock;

  MeasuredOperator(Operator operator, Measure measure, WorkClock clock) {
    this.operator = operator;
    this.measure = measure;
    this.clock = clock;
  }

  @Override
  public SeriesList series() {
    clock.enter(measure);
    try {
      SeriesList series = operator.series();
      measure.yields(series.size());
      measure.holds(operator.heldBytes());
      return series;
    } finally {
      clock.exit();
    }
  }

  @Override
  public void prepare() {
    clock.enter(measure);
    try {
      operator.prepare();
      measure.holds(operator.heldBytes());
    } finally {
      clock.exit();
    }
  }

  @Override
  public Column column(int series, Column into, Worker worker) {
    clock.enter(measure);
    try {
      Column column = operator.column(series, into, worker);
      measure.yielded(column);
      return column;
    } finally {
      clock.exit();
    }
  }
}
