package io.narthex.promql.exec.call;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.promql.exec.Execution;
import io.narthex.promql.exec.Operator;
import io.narthex.promql.exec.SeriesList;
import io.narthex.promql.exec.Worker;
import io.narthex.promql.function.Column;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** A function of each histogram sample alone, as {@code histogram_count}; floats are left out. */
public final class HistogramElementFunction implements Operator {
  private final Execution execution;
  private final Operator input;
  private final ToDoubleFunction<FloatHistogram> function;
  private @Nullable SeriesList series;

  public HistogramElementFunction(
      Execution execution, Operator input, ToDoubleFunction<FloatHistogram> function) {
    this.execution = execution;
    this.input = input;
    this.function = function;
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
    FloatHistogram[] histograms = in.histograms;
    into.clear();
    if (histograms != null) {
      for (int k = 0; k < into.steps; k++) {
        if (histograms[k] != null) {
          into.set(k, function.applyAsDouble(histograms[k]));
        }
      }
    }
    return into;
  }
}
