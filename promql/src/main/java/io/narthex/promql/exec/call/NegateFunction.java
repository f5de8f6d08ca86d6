package io.narthex.promql.exec.call;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.promql.exec.Execution;
import io.narthex.promql.exec.Operator;
import io.narthex.promql.exec.SeriesList;
import io.narthex.promql.exec.Worker;
import io.narthex.promql.function.Column;
import org.jspecify.annotations.Nullable;

/** The minus before a scalar or a vector; histograms are negated as well. */
public final class NegateFunction implements Operator {
  private final Execution execution;
  private final Operator input;
  private @Nullable SeriesList series;

  public NegateFunction(Execution execution, Operator input) {
    this.execution = execution;
    this.input = input;
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
    Column in = input.column(i, into, worker);
    if (in != into) {
      into.copyFrom(in);
    }
    for (int k = 0; k < into.steps; k++) {
      into.values[k] = -into.values[k];
    }
    if (into.histograms != null) {
      FloatHistogram[] negated = new FloatHistogram[into.steps];
      for (int k = 0; k < into.steps; k++) {
        FloatHistogram histogram = into.histograms[k];
        negated[k] = histogram == null ? null : histogram.multipliedBy(-1);
      }
      into.histograms = negated;
    }
    return into;
  }
}
