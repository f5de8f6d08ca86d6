package io.narthex.promql.exec.aggregation;

import io.narthex.promql.function.Column;
import io.narthex.promql.function.Quantiles;
import java.util.Arrays;

/** {@code quantile}: keeps all values of each group and step, and sorts them at the end. */
final class QuantileFold implements Fold {
  private final int steps;
  private final double[] quantiles;
  private final AggregationNotes notes;
  private final double[][][] values;
  private final int[][] counts;

  QuantileFold(int groups, int steps, double[] quantiles, AggregationNotes notes) {
    this.steps = steps;
    this.quantiles = quantiles;
    this.notes = notes;
    this.values = new double[groups][][];
    this.counts = new int[groups][];
  }

  @Override
  public void add(int group, Column column) {
    if (values[group] == null) {
      values[group] = new double[steps][];
      counts[group] = new int[steps];
    }
    double[][] lists = values[group];
    int[] count = counts[group];
    for (int k = 0; k < steps; k++) {
      if (!column.has(k)) {
        continue;
      }
      if (column.histogram(k) != null) {
        notes.histogramIgnored("quantile");
        continue;
      }
      double[] list = lists[k];
      if (list == null) {
        list = new double[8];
        lists[k] = list;
      } else if (count[k] == list.length) {
        list = Arrays.copyOf(list, 2 * list.length);
        lists[k] = list;
      }
      list[count[k]++] = column.values[k];
    }
  }

  @Override
  public Column result(int group) {
    Column result = new Column(steps);
    for (int k = 0; values[group] != null && k < steps; k++) {
      if (counts[group][k] > 0) {
        result.set(k, Quantiles.of(quantiles[k], values[group][k], counts[group][k]));
      }
    }
    return result;
  }
}
