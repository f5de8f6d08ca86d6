package io.narthex.promql.exec.aggregation;

import io.narthex.promql.function.Column;
import java.util.Arrays;

/** The folds that need no more than one number per group and step: min, max, count, group. */
final class SimpleFold implements Fold {
  /** What is folded. */
  enum Kind {
    MIN,
    MAX,
    COUNT,
    GROUP
  }

  private final int steps;
  private final Kind kind;
  private final Column[] columns;
  private final AggregationNotes notes;

  SimpleFold(int groups, int steps, Kind kind, AggregationNotes notes) {
    this.steps = steps;
    this.kind = kind;
    this.columns = new Column[groups];
    this.notes = notes;
  }

  @Override
  public void add(int group, Column column) {
    Column into = columns[group];
    if (into == null) {
      into = new Column(steps);
      columns[group] = into;
    }
    switch (kind) {
      case MIN -> extreme(column, into, false);
      case MAX -> extreme(column, into, true);
      case COUNT -> count(column, into);
      case GROUP -> group(column, into);
    }
  }

  private void extreme(Column column, Column into, boolean max) {
    double[] best = into.values;
    if (column.histograms == null && column.isFull() && into.isFull()) {
      for (int k = 0; k < steps; k++) {
        double x = column.values[k];
        if (max ? best[k] < x || Double.isNaN(best[k]) : best[k] > x || Double.isNaN(best[k])) {
          best[k] = x;
        }
      }
      return;
    }
    for (int k = 0; k < steps; k++) {
      if (!column.has(k)) {
        continue;
      }
      if (column.histogram(k) != null) {
        notes.histogramIgnored(max ? "max" : "min");
        continue;
      }
      double x = column.values[k];
      if (!into.has(k)) {
        into.set(k, x);
      } else if (max
          ? best[k] < x || Double.isNaN(best[k])
          : best[k] > x || Double.isNaN(best[k])) {
        best[k] = x;
      }
    }
  }

  private void count(Column column, Column into) {
    double[] counts = into.values;
    for (int w = 0; w < column.present.length; w++) {
      into.present[w] |= column.present[w];
      for (long bits = column.present[w]; bits != 0; bits &= bits - 1) {
        counts[(w << 6) + Long.numberOfTrailingZeros(bits)]++;
      }
    }
  }

  private void group(Column column, Column into) {
    for (int w = 0; w < column.present.length; w++) {
      into.present[w] |= column.present[w];
    }
    Arrays.fill(into.values, 1);
  }

  @Override
  public Column result(int group) {
    return columns[group] == null ? new Column(steps) : columns[group];
  }
}
