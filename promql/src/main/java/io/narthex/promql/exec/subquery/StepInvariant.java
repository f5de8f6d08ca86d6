package io.narthex.promql.exec.subquery;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.promql.exec.Execution;
import io.narthex.promql.exec.Operator;
import io.narthex.promql.exec.SeriesList;
import io.narthex.promql.exec.Worker;
import io.narthex.promql.function.Column;
import java.util.Arrays;

/** Spreads over all steps what was evaluated once because it does not depend on the step. */
public final class StepInvariant implements Operator {
  private final Execution execution;
  private final Operator input;

  /**
   * @param input an operator over a single step
   */
  public StepInvariant(Execution execution, Operator input) {
    this.execution = execution;
    this.input = input;
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
  public long heldBytes() {
    return input.heldBytes();
  }

  @Override
  public Column column(int series, Column into, Worker worker) {
    Column scratch = worker.borrow(1);
    Column once = input.column(series, scratch, worker);
    into.clear();
    if (once.has(0)) {
      into.markAll();
      Arrays.fill(into.values, once.values[0]);
      if (once.histogram(0) != null) {
        into.histograms = new FloatHistogram[into.steps];
        Arrays.fill(into.histograms, once.histogram(0));
      }
      execution.samples().hold(into.steps - 1L);
    }
    worker.release(scratch);
    return into;
  }
}
