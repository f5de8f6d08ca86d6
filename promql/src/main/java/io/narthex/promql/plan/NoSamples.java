package io.narthex.promql.plan;

import io.narthex.promql.exec.Operator;
import io.narthex.promql.exec.SeriesList;
import io.narthex.promql.exec.Worker;
import io.narthex.promql.function.Column;

/** {@code start_timestamp}: storage hands out no start timestamps, and then there is no result. */
final class NoSamples implements Operator {
  private final Operator input;

  NoSamples(Operator input) {
    this.input = input;
  }

  @Override
  public SeriesList series() {
    input.series();
    return SeriesList.EMPTY;
  }

  @Override
  public void prepare() {}

  @Override
  public Column column(int series, Column into, Worker worker) {
    throw new IndexOutOfBoundsException(series);
  }
}
