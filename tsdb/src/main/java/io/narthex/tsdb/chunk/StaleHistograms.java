package io.narthex.tsdb.chunk;

import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import io.narthex.model.value.StaleMarker;

/** Staleness markers among histograms: empty but for their sum. */
final class StaleHistograms {
  static final Histogram INTEGER =
      new Histogram(
          CounterResetHint.UNKNOWN,
          0,
          0,
          0,
          0,
          StaleMarker.VALUE,
          new int[0],
          new long[0],
          new int[0],
          new long[0],
          new double[0]);

  static final FloatHistogram FLOAT = INTEGER.toFloat();

  private StaleHistograms() {}
}
