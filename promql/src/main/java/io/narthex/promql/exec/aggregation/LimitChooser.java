package io.narthex.promql.exec.aggregation;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.labels.Labels;
import io.narthex.promql.QueryExecutionException;
import io.narthex.promql.exec.SeriesList;
import io.narthex.promql.function.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * {@code limitk}: the first k series of each group at each step; {@code limit_ratio}: a share of
 * the series, chosen by a hash of their labels.
 */
final class LimitChooser implements SelectingOperator.Chooser {
  private record Passed(int step, int series, double value, FloatHistogram[] histogram) {}

  private static final FloatHistogram[] NONE = new FloatHistogram[0];

  private final boolean ratio;
  private final int steps;
  private final Supplier<double[]> parameters;
  private final List<List<Passed>> passed = new ArrayList<>();
  private double[] wanted = new double[0];
  private boolean none;
  private int[][] taken = new int[0][];
  private SeriesList input = SeriesList.EMPTY;

  LimitChooser(boolean ratio, int steps, Supplier<double[]> parameters) {
    this.ratio = ratio;
    this.steps = steps;
    this.parameters = parameters;
  }

  @Override
  public void begin(SeriesList all, Grouping grouping) {
    input = all;
    wanted = parameters.get();
    if (ratio) {
      for (double r : wanted) {
        if (Double.isNaN(r)) {
          throw new QueryExecutionException("Ratio value is NaN");
        }
      }
    } else {
      none = TopChooser.checkCounts(wanted);
    }
    taken = new int[grouping.groups()][steps];
    for (int g = 0; g < grouping.groups(); g++) {
      passed.add(new ArrayList<>());
    }
  }

  @Override
  public void add(int from, int group, Column column) {
    double place = ratio ? place(input.labels(from)) : 0;
    for (int k = 0; !none && k < steps; k++) {
      if (!column.has(k)) {
        continue;
      }
      boolean passes = ratio ? isWithin(wanted[k], place) : taken[group][k] < (long) wanted[k];
      if (passes) {
        taken[group][k]++;
        FloatHistogram histogram = column.histogram(k);
        passed
            .get(group)
            .add(
                new Passed(
                    k,
                    from,
                    column.values[k],
                    histogram == null ? NONE : new FloatHistogram[] {histogram}));
      }
    }
  }

  /** Where the labels' hash lies between 0 and 1. */
  static double place(Labels labels) {
    long hash = LabelsHash.of(labels);
    double unsigned = (hash >>> 1) * 2.0 + (hash & 1);
    return unsigned / 0x1p64;
  }

  static boolean isWithin(double ratio, double place) {
    double r = Math.clamp(ratio, -1, 1);
    return r >= 0 ? place < r : place >= 1 + r;
  }

  @Override
  public void finish(SelectingOperator.Chosen chosen) {
    for (List<Passed> group : passed) {
      for (Passed sample : group) {
        if (sample.histogram.length == 0) {
          chosen.sample(sample.step, sample.series, sample.value);
        } else {
          chosen.sample(sample.step, sample.series, sample.histogram[0]);
        }
      }
    }
  }
}
