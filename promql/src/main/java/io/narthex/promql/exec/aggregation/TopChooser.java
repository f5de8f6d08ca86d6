package io.narthex.promql.exec.aggregation;

import io.narthex.model.value.GoFloat;
import io.narthex.promql.QueryExecutionException;
import io.narthex.promql.exec.SeriesList;
import io.narthex.promql.function.Column;
import java.util.function.Supplier;

/** {@code topk} and {@code bottomk}: a heap of k samples for each group and step. */
final class TopChooser implements SelectingOperator.Chooser {
  private final boolean largest;
  private final int steps;
  private final Supplier<double[]> counts;
  private final AggregationNotes notes;
  private double[] wanted = new double[0];
  private boolean none;
  private int series;
  private ValueHeap[][] heaps = new ValueHeap[0][];

  /**
   * @param counts how many are wanted at each step
   */
  TopChooser(boolean largest, int steps, Supplier<double[]> counts, AggregationNotes notes) {
    this.largest = largest;
    this.steps = steps;
    this.counts = counts;
    this.notes = notes;
  }

  @Override
  public void begin(SeriesList input, Grouping grouping) {
    wanted = counts.get();
    none = checkCounts(wanted);
    series = input.size();
    heaps = new ValueHeap[grouping.groups()][];
  }

  /** Whether nothing is wanted at any step; fails on numbers that are no counts. */
  static boolean checkCounts(double[] wanted) {
    double max = Double.NEGATIVE_INFINITY;
    double min = Double.POSITIVE_INFINITY;
    boolean nan = false;
    for (double k : wanted) {
      nan |= Double.isNaN(k);
      max = k > max ? k : max;
      min = k < min ? k : min;
    }
    if (nan) {
      throw new QueryExecutionException("Parameter value is NaN");
    }
    if (max < 1) {
      return true;
    }
    if (min <= -0x1p63) {
      throw new QueryExecutionException(
          "Scalar value " + GoFloat.shortest(min) + " underflows int64");
    }
    if (max >= 9223372036854774784.0) {
      throw new QueryExecutionException(
          "Scalar value " + GoFloat.shortest(max) + " overflows int64");
    }
    return false;
  }

  @Override
  public void add(int from, int group, Column column) {
    if (none) {
      return;
    }
    ValueHeap[] perStep = heaps[group];
    if (perStep == null) {
      perStep = new ValueHeap[steps];
      heaps[group] = perStep;
    }
    for (int k = 0; k < steps; k++) {
      if (!column.has(k) || wanted[k] < 1) {
        continue;
      }
      if (column.histogram(k) != null) {
        notes.histogramIgnored(largest ? "topk" : "bottomk");
        continue;
      }
      ValueHeap heap = perStep[k];
      if (heap == null) {
        heap = new ValueHeap(largest, (int) Math.min((long) wanted[k], series));
        perStep[k] = heap;
      }
      heap.offer(column.values[k], from);
    }
  }

  @Override
  public void finish(SelectingOperator.Chosen chosen) {
    for (ValueHeap[] perStep : heaps) {
      for (int k = 0; perStep != null && k < steps; k++) {
        ValueHeap heap = perStep[k];
        if (heap != null) {
          heap.sort();
          for (int i = 0; i < heap.size(); i++) {
            chosen.sample(k, heap.series(i), heap.value(i));
          }
        }
      }
    }
  }
}
