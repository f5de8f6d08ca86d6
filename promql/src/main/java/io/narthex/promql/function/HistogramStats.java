package io.narthex.promql.function;

import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.value.StaleMarker;
import io.narthex.storage.SampleBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Native histograms without their buckets, for functions that only want count and sum. Counter
 * resets that only buckets show are told while the buckets are still there.
 */
public final class HistogramStats {
  private static final int[] NO_SPANS = {};
  private static final double[] NO_COUNTS = {};

  private HistogramStats() {}

  /** Takes the buckets off all histograms of a series. */
  public static void reduce(SampleBuffer samples) {
    FloatHistogram before = null;
    for (int i = 0; i < samples.size(); i++) {
      FloatHistogram histogram = samples.histograms == null ? null : samples.histograms[i];
      if (histogram != null && samples.histograms != null) {
        boolean stale = StaleMarker.is(histogram.sum());
        samples.histograms[i] = reduced(histogram, stale ? null : before);
        before = stale ? before : histogram;
      }
    }
  }

  private static FloatHistogram reduced(FloatHistogram histogram, @Nullable FloatHistogram before) {
    CounterResetHint hint = histogram.counterResetHint();
    if (hint == CounterResetHint.UNKNOWN && before != null) {
      hint = histogram.isResetOf(before) ? CounterResetHint.RESET : CounterResetHint.NOT_RESET;
    }
    return new FloatHistogram(
        hint,
        histogram.schema(),
        0,
        0,
        histogram.count(),
        histogram.sum(),
        NO_SPANS,
        NO_COUNTS,
        NO_SPANS,
        NO_COUNTS,
        NO_COUNTS);
  }
}
