package io.narthex.promql.exec.aggregation;

import io.narthex.promql.function.Column;
import io.narthex.promql.function.Kahan;
import org.jspecify.annotations.Nullable;

/** {@code sum}, with what rounding takes away kept beside each sum. */
final class SumFold implements Fold {
  private final int steps;
  private final Column[] sums;
  private final double[][] lost;
  private final HistogramFold histograms;

  SumFold(int groups, int steps, AggregationNotes notes) {
    this.steps = steps;
    this.sums = new Column[groups];
    this.lost = new double[groups][];
    this.histograms = new HistogramFold(groups, steps, false, notes);
  }

  @Override
  public void add(int group, Column column) {
    Column sum = sums[group];
    if (sum == null) {
      sum = new Column(steps);
      sums[group] = sum;
      lost[group] = new double[steps];
    }
    if (column.histograms != null) {
      histograms.add(group, column);
    }
    double[] c = lost[group];
    if (column.histograms == null && column.isFull() && sum.isFull()) {
      addFull(column.values, sum.values, c, steps);
      return;
    }
    for (int w = 0; w < column.present.length; w++) {
      for (long bits = column.present[w]; bits != 0; bits &= bits - 1) {
        int k = (w << 6) + Long.numberOfTrailingZeros(bits);
        if (column.histograms != null && column.histograms[k] != null) {
          continue;
        }
        double x = column.values[k];
        if (sum.has(k)) {
          double before = sum.values[k];
          double after = before + x;
          c[k] = Kahan.compensated(x, before, after, c[k]);
          sum.values[k] = after;
        } else {
          sum.set(k, x);
        }
      }
    }
  }

  private static void addFull(double[] values, double[] sums, double[] c, int n) {
    for (int k = 0; k < n; k++) {
      double x = values[k];
      double before = sums[k];
      double after = before + x;
      c[k] = Kahan.compensated(x, before, after, c[k]);
      sums[k] = after;
    }
  }

  @Override
  public Column result(int group) {
    @Nullable Column sum = sums[group];
    if (sum == null) {
      return new Column(steps);
    }
    double[] c = lost[group];
    for (int k = 0; k < steps; k++) {
      sum.values[k] += c[k];
    }
    histograms.finish(group, sum);
    return sum;
  }
}
