package io.narthex.tsdb.compact;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;

/** A sample of any kind, for series with native histograms. */
sealed interface TypedSample {
  long t();

  /** A plain float. */
  record Float(long t, double value) implements TypedSample {}

  /** A histogram with integer counts. */
  record Integer(long t, Histogram histogram) implements TypedSample {}

  /** A histogram with float counts. */
  record FloatCounts(long t, FloatHistogram histogram) implements TypedSample {}
}
