package io.narthex.promql.exec.aggregation;

import io.narthex.promql.function.Column;
import io.narthex.promql.function.Kahan;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** {@code avg}: sum divided by count, or a running mean from where the sum would overflow. */
final class AvgFold implements Fold {
  /** One group; a set bit in {@code running} says that {@code sum} holds a mean at that step. */
  private static final class State {
    private final Column sum;
    private final double[] lost;
    private final int[] count;
    private @Nullable BitSet running;

    State(int steps) {
      sum = new Column(steps);
      lost = new double[steps];
      count = new int[steps];
    }
  }

  private final int steps;
  private final State[] states;
  private final HistogramFold histograms;

  AvgFold(int groups, int steps, AggregationNotes notes) {
    this.steps = steps;
    this.states = new State[groups];
    this.histograms = new HistogramFold(groups, steps, true, notes);
  }

  @Override
  public void add(int group, Column column) {
    State state = states[group];
    if (state == null) {
      state = new State(steps);
      states[group] = state;
    }
    if (column.histograms != null) {
      histograms.add(group, column);
    }
    for (int w = 0; w < column.present.length; w++) {
      for (long bits = column.present[w]; bits != 0; bits &= bits - 1) {
        int k = (w << 6) + Long.numberOfTrailingZeros(bits);
        if (column.histograms == null || column.histograms[k] == null) {
          add(state, k, column.values[k]);
        }
      }
    }
  }

  private static void add(State state, int k, double x) {
    int n = ++state.count[k];
    double[] sums = state.sum.values;
    if (n == 1) {
      state.sum.set(k, x);
      return;
    }
    if (state.running == null || !state.running.get(k)) {
      double before = sums[k];
      double after = before + x;
      if (!Double.isInfinite(after)) {
        state.lost[k] = Kahan.compensated(x, before, after, state.lost[k]);
        sums[k] = after;
        return;
      }
      if (state.running == null) {
        state.running = new BitSet();
      }
      state.running.set(k);
      sums[k] = before / (n - 1);
      state.lost[k] /= n - 1;
    }
    double q = (n - 1.0) / n;
    double part = x / n;
    double scaled = q * sums[k];
    double mean = scaled + part;
    state.lost[k] = Kahan.compensated(part, scaled, mean, q * state.lost[k]);
    sums[k] = mean;
  }

  @Override
  public Column result(int group) {
    State state = states[group];
    if (state == null) {
      return new Column(steps);
    }
    double[] sums = state.sum.values;
    for (int k = 0; k < steps; k++) {
      if (state.running != null && state.running.get(k)) {
        sums[k] += state.lost[k];
      } else if (state.count[k] > 0) {
        double n = state.count[k];
        sums[k] = sums[k] / n + state.lost[k] / n;
      }
    }
    histograms.finish(group, state.sum);
    return state.sum;
  }
}
