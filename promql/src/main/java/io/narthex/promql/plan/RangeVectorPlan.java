package io.narthex.promql.plan;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.promql.MatrixSeries;
import io.narthex.promql.QueryExecutionException;
import io.narthex.promql.exec.Execution;
import io.narthex.promql.exec.Grid;
import io.narthex.promql.exec.SeriesList;
import io.narthex.promql.exec.TimeShift;
import io.narthex.promql.exec.Worker;
import io.narthex.promql.exec.selector.RangeSource;
import io.narthex.promql.function.ExtendedRange;
import io.narthex.promql.function.Windows;
import io.narthex.promql.syntax.Expr;
import io.narthex.promql.syntax.MatrixSelector;
import io.narthex.promql.syntax.SubqueryExpr;
import io.narthex.promql.syntax.VectorSelector;
import io.narthex.storage.SampleBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** An instant query for a range vector: the samples themselves, at their own times. */
public final class RangeVectorPlan {
  private final Execution execution;
  private final RangeSource source;
  private final Windows window;
  private final long reachBefore;
  private final long reachAfter;
  private final boolean anchored;
  private final boolean smoothed;

  public RangeVectorPlan(Planner planner, Execution execution, Expr expr, long time) {
    this.execution = execution;
    Grid grid = Grid.instant(time);
    switch (expr) {
      case MatrixSelector matrix -> {
        VectorSelector selector = matrix.selector();
        TimeShift shift = planner.shift(selector);
        long range = planner.rangeMillis(matrix.range());
        anchored = selector.anchored();
        smoothed = selector.smoothed();
        reachBefore = anchored || smoothed ? execution.lookbackDeltaMillis() : 0;
        reachAfter = smoothed ? execution.lookbackDeltaMillis() : 0;
        source =
            planner.range(
                matrix,
                shift.first(grid) - range - reachBefore + 1,
                shift.last(grid) + reachAfter,
                grid,
                Around.NOTHING);
        window = new Windows(1, time, shift.first(grid), 1, 1, range);
      }
      case SubqueryExpr subquery -> {
        TimeShift shift = planner.shift(subquery);
        source = planner.subquery(subquery, grid, Around.NOTHING);
        window =
            new Windows(1, time, shift.first(grid), 1, 1, planner.rangeMillis(subquery.range()));
        reachBefore = 0;
        reachAfter = 0;
        anchored = false;
        smoothed = false;
      }
      default -> throw new IllegalStateException("BUG: no range vector: " + expr);
    }
  }

  /** The series that have samples, unsorted. */
  public List<MatrixSeries> evaluate() {
    SeriesList series = source.series();
    source.prepare();
    List<MatrixSeries> result = new ArrayList<>();
    Worker worker = execution.takeWorker();
    SampleBuffer buffer = worker.borrowBuffer();
    for (int i = 0; i < series.size(); i++) {
      execution.checkpoint();
      source.read(i, buffer, worker);
      window.load(buffer, reachBefore, reachAfter);
      int weight = window.weight(window.low[0], window.high[0]);
      execution.samples().looked(weight, source.isStored() ? weight : 0);
      execution.samples().hold(weight);
      execution.samples().lookedAt(0, weight, source.isStored() ? weight : 0);
      if (weight > 0) {
        add(result, series, i, buffer);
      }
    }
    worker.release(buffer);
    execution.giveBack(worker);
    return result;
  }

  private void add(List<MatrixSeries> result, SeriesList series, int i, SampleBuffer buffer) {
    int from = window.low[0];
    int to = window.high[0];
    if (anchored || smoothed) {
      if (hasHistograms(buffer, from, to)) {
        throw new QueryExecutionException(
            (anchored ? "anchored" : "smoothed") + " modifier is not supported with histograms");
      }
      SampleBuffer extended = ExtendedRange.extended(window, smoothed);
      if (extended.size() > 0) {
        result.add(series(series, i, extended, 0, extended.size()));
      }
      return;
    }
    result.add(series(series, i, buffer, from, to));
  }

  private static boolean hasHistograms(SampleBuffer buffer, int from, int to) {
    for (int i = from; buffer.histograms != null && i < to; i++) {
      if (buffer.histograms[i] != null) {
        return true;
      }
    }
    return false;
  }

  private MatrixSeries series(SeriesList series, int i, SampleBuffer buffer, int from, int to) {
    FloatHistogram[] histograms =
        hasHistograms(buffer, from, to) ? Arrays.copyOfRange(buffer.histograms, from, to) : null;
    return new MatrixSeries(
        execution.finalLabels(series, i),
        to - from,
        Arrays.copyOfRange(buffer.timestamps, from, to),
        Arrays.copyOfRange(buffer.values, from, to),
        histograms);
  }
}
