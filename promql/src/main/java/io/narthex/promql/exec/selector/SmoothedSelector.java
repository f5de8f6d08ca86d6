package io.narthex.promql.exec.selector;

import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.HistogramSum;
import io.narthex.promql.exec.Execution;
import io.narthex.promql.exec.Grid;
import io.narthex.promql.exec.Operator;
import io.narthex.promql.exec.SeriesList;
import io.narthex.promql.exec.TimeShift;
import io.narthex.promql.exec.Worker;
import io.narthex.promql.function.Column;
import io.narthex.promql.function.HistogramRate;
import io.narthex.promql.function.Notes;
import io.narthex.promql.function.Windows;
import io.narthex.promql.syntax.PositionRange;
import io.narthex.storage.SampleBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A smoothed instant selector: the value between the samples before and after the evaluation time,
 * each within the lookback delta; the sample before where there is none after.
 */
public final class SmoothedSelector implements Operator {
  private final Execution execution;
  private final RangeSource selection;
  private final Grid grid;
  private final TimeShift shift;
  private final RangeNotes notes;

  public SmoothedSelector(
      Execution execution,
      RangeSource selection,
      Grid grid,
      TimeShift shift,
      PositionRange position) {
    this.execution = execution;
    this.selection = selection;
    this.grid = grid;
    this.shift = shift;
    this.notes = new RangeNotes(execution.annotations(), position, RangeNotes.CounterCheck.NONE);
  }

  @Override
  public SeriesList series() {
    return selection.series();
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
    long lookback = execution.lookbackDeltaMillis();
    Windows windows =
        new Windows(
            grid.steps(), grid.start(), shift.first(grid), grid.step(), shift.step(grid), 0);
    windows.load(samples, lookback, lookback);
    for (int k = 0; k < grid.steps(); k++) {
      if (windows.count(k) > 0) {
        step(windows, k, into, series);
      }
    }
    worker.release(samples);
    execution.samples().hold(into.count());
    return into;
  }

  private void step(Windows windows, int k, Column into, int series) {
    int low = windows.low[k];
    int high = windows.high[k];
    if (isMixed(windows.samples, low, high)) {
      notes.of(selection.series(), series).mixedFloatsAndHistograms();
      return;
    }
    long[] t = windows.samples.timestamps;
    long time = windows.end(k);
    int next = low;
    while (next < high && t[next] < time) {
      next++;
    }
    if (next < high && t[next] == time) {
      set(windows.samples, next, into, k, false);
    } else if (next > low && next < high) {
      between(windows.samples, next - 1, time, into, k, series);
    } else if (next > low) {
      set(windows.samples, next - 1, into, k, true);
    }
  }

  private static boolean isMixed(SampleBuffer samples, int low, int high) {
    if (samples.histograms == null) {
      return false;
    }
    boolean first = samples.histograms[low] == null;
    for (int i = low + 1; i < high; i++) {
      if ((samples.histograms[i] == null) != first) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable FloatHistogram histogram(SampleBuffer samples, int i) {
    return samples.histograms == null ? null : samples.histograms[i];
  }

  private static void set(SampleBuffer samples, int i, Column into, int k, boolean carriedForward) {
    FloatHistogram histogram = histogram(samples, i);
    if (histogram == null) {
      into.set(k, samples.values[i]);
    } else {
      into.set(
          k, carriedForward ? histogram.withCounterResetHint(CounterResetHint.UNKNOWN) : histogram);
    }
  }

  private void between(SampleBuffer samples, int i, long time, Column into, int k, int series) {
    long[] t = samples.timestamps;
    FloatHistogram before = histogram(samples, i);
    FloatHistogram after = histogram(samples, i + 1);
    if (before == null || after == null) {
      double[] v = samples.values;
      into.set(k, v[i] + (v[i + 1] - v[i]) * (double) (time - t[i]) / (double) (t[i + 1] - t[i]));
      return;
    }
    Notes told = notes.of(selection.series(), series);
    if (before.usesCustomBuckets() != after.usesCustomBuckets()) {
      told.mixedSchemas();
      return;
    }
    boolean counter =
        before.counterResetHint() != CounterResetHint.GAUGE
            || after.counterResetHint() != CounterResetHint.GAUGE;
    HistogramSum value =
        HistogramRate.interpolated(before, t[i], after, t[i + 1], time, counter, told);
    if (value != null) {
      into.set(k, value.toHistogram());
    }
  }
}
