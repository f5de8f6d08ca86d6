package io.narthex.model.histogram;

/**
 * Histograms finer than Prometheus computes with: exponential schemas 9 to 52 are reserved for the
 * future, and brought to schema 8 wherever they come in or are read.
 */
public final class HistogramResolution {
  private static final int FINEST_RESERVED = 52;

  private HistogramResolution() {}

  /**
   * The histogram in a schema of at most 8. One whose spans do not fit its buckets stays as it is,
   * for {@link HistogramValidation} to refuse.
   */
  public static Histogram bounded(Histogram h) {
    if (!isReserved(h.schema())) {
      return h;
    }
    MergedBuckets positive = new MergedBuckets(h.positiveSpans(), h.positiveDeltas().length);
    MergedBuckets negative = new MergedBuckets(h.negativeSpans(), h.negativeDeltas().length);
    if (!positive.fits() || !negative.fits()) {
      return h;
    }
    int digits = h.schema() - HistogramSchema.MAX_EXPONENTIAL;
    return new Histogram(
        h.counterResetHint(),
        HistogramSchema.MAX_EXPONENTIAL,
        h.zeroThreshold(),
        h.zeroCount(),
        h.count(),
        h.sum(),
        positive.merge(digits),
        positive.deltas(h.positiveDeltas()),
        negative.merge(digits),
        negative.deltas(h.negativeDeltas()),
        h.customValues());
  }

  /** The same for float counts. */
  public static FloatHistogram bounded(FloatHistogram h) {
    if (!isReserved(h.schema())) {
      return h;
    }
    MergedBuckets positive = new MergedBuckets(h.positiveSpans(), h.positiveCounts().length);
    MergedBuckets negative = new MergedBuckets(h.negativeSpans(), h.negativeCounts().length);
    if (!positive.fits() || !negative.fits()) {
      return h;
    }
    int digits = h.schema() - HistogramSchema.MAX_EXPONENTIAL;
    return new FloatHistogram(
        h.counterResetHint(),
        HistogramSchema.MAX_EXPONENTIAL,
        h.zeroThreshold(),
        h.zeroCount(),
        h.count(),
        h.sum(),
        positive.merge(digits),
        positive.counts(h.positiveCounts()),
        negative.merge(digits),
        negative.counts(h.negativeCounts()),
        h.customValues());
  }

  private static boolean isReserved(int schema) {
    return schema > HistogramSchema.MAX_EXPONENTIAL && schema <= FINEST_RESERVED;
  }
}
