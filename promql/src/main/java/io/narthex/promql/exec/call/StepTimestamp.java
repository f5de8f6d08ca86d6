package io.narthex.promql.exec.call;

import io.narthex.promql.exec.Execution;
import io.narthex.promql.exec.Grid;
import io.narthex.promql.exec.Operator;
import io.narthex.promql.exec.SeriesList;
import io.narthex.promql.exec.Worker;
import io.narthex.promql.function.Column;
import org.jspecify.annotations.Nullable;

/** {@code timestamp} of anything but a selector: the evaluation time wherever there is a sample. */
public final class StepTimestamp implements Operator {
  private final Execution execution;
  private final Operator input;
  private final Grid grid;
  private @Nullable SeriesList series;

  public StepTimestamp(Execution execution, Operator input, Grid grid) {
    this.execution = execution;
    this.input = input;
    this.grid = grid;
  }

  @Override
  public SeriesList series() {
    if (series == null) {
      series = input.series().withoutNames(execution.delayedNames());
    }
    return series;
  }

  @Override
  public void prepare() {
    input.prepare();
  }

  @Override
  public Column column(int i, Column into, Worker worker) {
    into.copyPresence(input.column(i, into, worker));
    into.histograms = null;
    for (int k = 0; k < into.steps; k++) {
      into.values[k] = grid.time(k) / 1000.0;
    }
    return into;
  }
}
