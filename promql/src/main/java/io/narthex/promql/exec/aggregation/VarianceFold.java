package io.narthex.promql.exec.aggregation;

import io.narthex.promql.function.Column;

/** {@code stddev} and {@code stdvar} by Welford's method. */
final class VarianceFold implements Fold {
  private final int steps;
  private final boolean deviation;
  private final AggregationNotes notes;
  private final Column[] squares;
  private final double[][] means;
  private final int[][] counts;

  VarianceFold(int groups, int steps, boolean deviation, AggregationNotes notes) {
    this.steps = steps;
    this.deviation = deviation;
    this.notes = notes;
    this.squares = new Column[groups];
    this.means = new double[groups][];
    this.counts = new int[groups][];
  }

  @Override
  public void add(int group, Column column) {
    if (squares[group] == null) {
      squares[group] = new Column(steps);
      means[group] = new double[steps];
      counts[group] = new int[steps];
    }
    for (int k = 0; k < steps; k++) {
      if (!column.has(k)) {
        continue;
      }
      if (column.histogram(k) != null) {
        notes.histogramIgnored(deviation ? "stddev" : "stdvar");
      } else {
        add(squares[group], means[group], counts[group], k, column.values[k]);
      }
    }
  }

  private static void add(Column square, double[] mean, int[] count, int k, double x) {
    int n = ++count[k];
    if (n == 1) {
      square.set(k, Double.isFinite(x) ? 0 : Double.NaN);
      mean[k] = x;
      return;
    }
    double delta = x - mean[k];
    mean[k] += delta / n;
    square.values[k] += delta * (x - mean[k]);
  }

  @Override
  public Column result(int group) {
    Column square = squares[group];
    if (square == null) {
      return new Column(steps);
    }
    for (int k = 0; k < steps; k++) {
      if (square.has(k)) {
        double variance = square.values[k] / counts[group][k];
        square.values[k] = deviation ? Math.sqrt(variance) : variance;
      }
    }
    return square;
  }
}
