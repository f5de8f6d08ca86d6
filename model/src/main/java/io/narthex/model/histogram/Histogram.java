package io.narthex.model.histogram;

import io.narthex.model.value.StaleMarker;

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
    double[] customValues)
    implements NativeHistogram {
  /** The staleness marker of series whose newest sample has integer counts. */
  public static final Histogram STALE =
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

  /** The same histogram that knows something else about the one before it. */
  public Histogram withCounterResetHint(CounterResetHint hint) {
    return new Histogram(
        hint,
        schema,
        zeroThreshold,
        zeroCount,
        count,
        sum,
        positiveSpans,
        positiveDeltas,
        negativeSpans,
        negativeDeltas,
        customValues);
  }

  @Override
  public int buckets() {
    return positiveDeltas.length + negativeDeltas.length;
  }

  @Override
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
