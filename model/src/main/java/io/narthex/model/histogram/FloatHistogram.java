package io.narthex.model.histogram;

/**
 * A native histogram with float counts: what PromQL computes with. Layout as {@link Histogram}, but
 * bucket counts are absolute. Immutable: the arrays belong to the histogram and must not be changed
 * by others.
 */
public record FloatHistogram(
    CounterResetHint counterResetHint,
    int schema,
    double zeroThreshold,
    double zeroCount,
    double count,
    double sum,
    int[] positiveSpans,
    double[] positiveCounts,
    int[] negativeSpans,
    double[] negativeCounts,
    double[] customValues) {

  /** The schema of histograms whose bucket bounds are listed one by one. */
  public static final int CUSTOM_BUCKETS_SCHEMA = -53;

  public boolean usesCustomBuckets() {
    return schema == CUSTOM_BUCKETS_SCHEMA;
  }
}
