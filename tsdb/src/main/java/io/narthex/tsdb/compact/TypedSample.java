package io.narthex.tsdb.compact;

import io.narthex.model.histogram.NativeHistogram;

/** A sample of any kind, for series with native histograms. */
sealed interface TypedSample {
  long t();

  /** A plain float. */
  record OfFloat(long t, double value) implements TypedSample {}

  /** A histogram of either kind. */
  record OfHistogram(long t, NativeHistogram histogram) implements TypedSample {}
}
