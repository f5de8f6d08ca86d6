package io.narthex.promql.exec.call;

import io.narthex.promql.exec.Execution;
import io.narthex.promql.exec.Operator;
import io.narthex.promql.exec.SeriesList;
import io.narthex.promql.exec.Worker;
import io.narthex.promql.function.Column;
import io.narthex.promql.function.ElementKernel;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A function of each float sample alone; histograms are left out and the name goes. */
public final class ElementFunction implements Operator {
  private final Execution execution;
  private final Operator input;
  private final Supplier<ElementKernel> kernelSource;
  private @Nullable ElementKernel kernel;
  private @Nullable SeriesList series;

  /**
   * @param kernel called once, when scalar arguments may be evaluated
   */
  public ElementFunction(Execution execution, Operator input, Supplier<ElementKernel> kernel) {
    this.execution = execution;
    this.input = input;
    this.kernelSource = kernel;
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
    kernel = kernelSource.get();
    input.prepare();
  }

  @Override
  public Column column(int i, Column into, Worker worker) {
    Column in = input.column(i, into, worker);
    ElementKernel map = kernel;
    if (map == null) {
      throw new IllegalStateException("BUG: column before prepare");
    }
    map.map(in.values, into.values, into.steps);
    if (in != into) {
      System.arraycopy(in.present, 0, into.present, 0, in.present.length);
      into.histograms = in.histograms;
    }
    if (into.histograms != null) {
      for (int k = 0; k < into.steps; k++) {
        if (into.histograms[k] != null) {
          into.present[k >>> 6] &= ~(1L << k);
        }
      }
      into.histograms = null;
    }
    map.filter(into);
    return into;
  }
}
