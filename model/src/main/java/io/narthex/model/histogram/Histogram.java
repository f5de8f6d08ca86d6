package io.narthex.model.histogram;

/**
 * A native histogram with integer counts, as exposed and stored.
 *
 * <p>Spans are pairs (offset, length) in one array: the first offset is absolute, later ones are
 * gaps to the end of the span before. Bucket counts are deltas to the bucket before. Schemas -4 to
 * 8 are exponential, -53 has custom bounds. The arrays belong to the histogram and must not be
 * changed by others.
 */
public record Histogram(
    CounterResetHint counterResetHint,
    int schema,
    double zeroThreshold,
    long zeroCount,
    long count,
    double sum,
    int[] positiveSpans,
    long[] positiveDeltas,
    int[] negativeSpans,
    long[] negativeDeltas,
    double[] customValues) {

  /** The same histogram with absolute float counts. */
  public FloatHistogram toFloat() {
    return new FloatHistogram(
        counterResetHint,
        schema,
        zeroThreshold,
        zeroCount,
        count,
        sum,
        positiveSpans,
        absolute(positiveDeltas),
        negativeSpans,
        absolute(negativeDeltas),
        customValues);
  }

  private static double[] absolute(long[] deltas) {
    double[] counts = new double[deltas.length];
    long current = 0;
    for (int i = 0; i < deltas.length; i++) {
      current += deltas[i];
      counts[i] = current;
    }
    return counts;
  }
}
