package io.narthex.tsdb.compact;

import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import io.narthex.model.histogram.NativeHistogram;

/** A sample of any kind, for series with native histograms. */
sealed interface TypedSample {
  long t();

  /** Since when it counts, milliseconds; 0 where not known. */
  long start();

  /** What is known of the sample where nothing is known of the one before: not of a reset. */
  TypedSample forgetful();

  /** A plain float. */
  record OfFloat(long t, double value, long start) implements TypedSample {
    @Override
    public TypedSample forgetful() {
      return this;
    }
  }

  /** A histogram of either kind. */
  record OfHistogram(long t, NativeHistogram histogram, long start) implements TypedSample {
    @Override
    public TypedSample forgetful() {
      if (histogram.counterResetHint() == CounterResetHint.GAUGE) {
        return this;
      }
      return switch (histogram) {
        case Histogram h ->
            new OfHistogram(t, h.withCounterResetHint(CounterResetHint.UNKNOWN), start);
        case FloatHistogram h ->
            new OfHistogram(t, h.withCounterResetHint(CounterResetHint.UNKNOWN), start);
      };
    }
  }
}
