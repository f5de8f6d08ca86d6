package io.narthex.model.histogram;

import io.narthex.model.value.StaleMarker;

/**
 * A native histogram of either kind: what does not depend on how its observations are counted. For
 * spans see {@link Histogram}.
 */
public sealed interface NativeHistogram permits Histogram, FloatHistogram {
  CounterResetHint counterResetHint();

  int schema();

  double zeroThreshold();

  double sum();

  int[] positiveSpans();

  int[] negativeSpans();

  double[] customValues();

  /** How many buckets it lists. */
  int buckets();

  /** The histogram with absolute float counts. */
  FloatHistogram toFloat();

  /** Whether it is a staleness marker: its sum says so, and nothing else counts. */
  default boolean isStale() {
    return StaleMarker.is(sum());
  }

  default boolean usesCustomBuckets() {
    return schema() == FloatHistogram.CUSTOM_BUCKETS_SCHEMA;
  }
}
