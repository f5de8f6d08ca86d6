package io.narthex.promql.exec.selector;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.value.StaleMarker;
import io.narthex.promql.exec.Execution;
import io.narthex.promql.exec.Grid;
import io.narthex.promql.exec.Operator;
import io.narthex.promql.exec.SeriesList;
import io.narthex.promql.exec.TimeShift;
import io.narthex.promql.exec.Worker;
import io.narthex.promql.function.Column;
import io.narthex.storage.SampleBuffer;

/**
 * An instant vector selector: at each step the latest sample that is not older than the lookback
 * delta and not a staleness marker. As {@code timestamp()} of a selector it yields the samples'
 * times instead.
 */
public final class InstantSelector implements Operator {
  private final Execution execution;
  private final RangeSource selection;
  private final Grid grid;
  private final TimeShift shift;
  private final What what;

  /** What of the samples is wanted. */
  public enum What {
    VALUE,
    /** The time, in seconds, as {@code timestamp()} has it. */
    TIMESTAMP,
    /** Since when the sample counts, in seconds, 0 where unknown. */
    START_TIMESTAMP
  }

  public InstantSelector(
      Execution execution, RangeSource selection, Grid grid, TimeShift shift, What what) {
    this.execution = execution;
    this.selection = selection;
    this.grid = grid;
    this.shift = shift;
    this.what = what;
  }

  @Override
  public SeriesList series() {
    SeriesList series = selection.series();
    return what != What.VALUE ? series.withoutNames(execution.delayedNames()) : series;
  }

  @Override
  public void prepare() {
    selection.prepare();
  }

  @Override
  public Column column(int series, Column into, Worker worker) {
    into.clear();
    SampleBuffer samples = worker.borrowBuffer();
    selection.read(series, samples, worker);
    int held = walk(samples, into);
    worker.release(samples);
    execution.samples().looked(held, held);
    execution.samples().hold(held);
    if (execution.samples().countsSteps()) {
      countSteps(into);
    }
    return into;
  }

  private int walk(SampleBuffer samples, Column into) {
    long[] t = samples.timestamps;
    double[] v = samples.values;
    FloatHistogram[] h = samples.histograms;
    int n = samples.size();
    long lookback = execution.lookbackDeltaMillis();
    long time = shift.first(grid);
    long step = shift.step(grid);
    int next = 0;
    int found = 0;
    for (int k = 0; k < grid.steps(); k++, time += step) {
      while (next < n && t[next] <= time) {
        next++;
      }
      int i = next - 1;
      if (i < 0 || t[i] <= time - lookback || StaleMarker.is(v[i])) {
        continue;
      }
      if (what != What.VALUE) {
        into.set(k, (what == What.TIMESTAMP ? t[i] : start(samples, i)) / 1000.0);
        found++;
      } else if (h == null || h[i] == null) {
        into.set(k, v[i]);
        found++;
      } else {
        into.set(k, h[i]);
        found += h[i].sampleWeight();
      }
    }
    return found;
  }

  private static long start(SampleBuffer samples, int i) {
    return samples.startTimestamps == null ? 0 : samples.startTimestamps[i];
  }

  private void countSteps(Column column) {
    for (int k = 0; k < column.steps; k++) {
      if (column.has(k)) {
        FloatHistogram histogram = column.histogram(k);
        int weight = histogram == null ? 1 : histogram.sampleWeight();
        execution.samples().lookedAt(k, weight, weight);
      }
    }
  }
}
