package io.narthex.promql.exec.aggregation;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.promql.function.Column;
import io.narthex.promql.function.HistogramMean;
import org.jspecify.annotations.Nullable;

/**
 * The native histograms of {@code sum} and {@code avg}. A group that at some step has histograms
 * and floats, or histograms that do not fit together, has no result there.
 */
final class HistogramFold {
  /** One group; a null mean at a step where {@code broken} is set has no result. */
  private static final class State {
    private final HistogramMean[] means;
    private final boolean[] broken;

    State(int steps) {
      means = new HistogramMean[steps];
      broken = new boolean[steps];
    }
  }

  private final int steps;
  private final boolean mean;
  private final AggregationNotes notes;
  private final @Nullable State[] states;

  HistogramFold(int groups, int steps, boolean mean, AggregationNotes notes) {
    this.steps = steps;
    this.mean = mean;
    this.notes = notes;
    this.states = new State[groups];
  }

  void add(int group, Column column) {
    State state = states[group];
    if (state == null) {
      state = new State(steps);
      states[group] = state;
    }
    for (int k = 0; k < steps; k++) {
      FloatHistogram histogram = column.histogram(k);
      if (histogram == null || state.broken[k]) {
        continue;
      }
      if (state.means[k] == null) {
        state.means[k] = new HistogramMean(mean);
      }
      if (!state.means[k].add(histogram)) {
        notes.mixedSchemas();
        state.broken[k] = true;
      }
    }
  }

  /** Completes a group's column, which has the results of the floats. */
  void finish(int group, Column floats) {
    State state = states[group];
    if (state == null) {
      return;
    }
    for (int k = 0; k < steps; k++) {
      HistogramMean found = state.means[k];
      if (found == null) {
        continue;
      }
      if (floats.has(k)) {
        notes.mixedFloatsAndHistograms();
        floats.remove(k);
      } else if (!state.broken[k]) {
        if (found.resetCollision()) {
          notes.resetCollision();
        }
        if (found.reconciled()) {
          notes.reconciled();
        }
        floats.set(k, found.result());
      }
    }
  }
}
