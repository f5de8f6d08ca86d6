package io.narthex.promql.function;

import io.narthex.model.histogram.FloatHistogram;

/** {@code sum_over_time} and {@code avg_over_time} where there are native histograms. */
final class HistogramOverTime {
  /** What is computed. */
  enum Operation {
    SUM,
    AVG
  }

  private HistogramOverTime() {}

  /** Completes a column that has the results of all windows that have floats. */
  static void fill(
      Windows floats, Windows histograms, Column out, Notes notes, Operation operation) {
    for (int k = 0; k < floats.steps(); k++) {
      if (histograms.count(k) == 0) {
        continue;
      }
      if (floats.count(k) > 0) {
        out.remove(k);
        notes.mixedFloatsAndHistograms();
      } else {
        one(histograms, k, out, notes, operation);
      }
    }
  }

  private static void one(Windows windows, int k, Column out, Notes notes, Operation operation) {
    FloatHistogram[] h = windows.samples.histograms;
    HistogramMean mean = new HistogramMean(operation == Operation.AVG);
    for (int i = windows.low[k]; h != null && i < windows.high[k]; i++) {
      if (!mean.add(h[i])) {
        notes.mixedSchemas();
        return;
      }
    }
    if (mean.resetCollision()) {
      notes.resetCollisionInAggregation();
    }
    if (mean.reconciled()) {
      notes.reconciledInAggregation();
    }
    out.set(k, mean.result());
  }
}
