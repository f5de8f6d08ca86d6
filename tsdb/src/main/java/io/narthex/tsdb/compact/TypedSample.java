package io.narthex.tsdb.compact;

import io.narthex.model.histogram.NativeHistogram;

/** A sample of any kind, for series with native histograms. */
sealed interface TypedSample {
  long t();

  /** Since when it counts, milliseconds; 0 where not known. */
  long start();

  /** A plain float. */
  record OfFloat(long t, double value, long start) implements TypedSample {}

  /** A histogram of either kind. */
  record OfHistogram(long t, NativeHistogram histogram, long start) implements TypedSample {}
}
