package io.narthex.tsdb.chunk;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import io.narthex.model.histogram.HistogramResolution;

/**
 * Goes over the samples of a chunk with integer counts. The first sample is plain; of later ones
 * the sum is written as xor, counts and buckets, which are deltas to the bucket before, as delta of
 * the delta.
 */
public final class HistogramReader extends HistogramChunkReader {
  private long count;
  private long countDelta;
  private long zeroCount;
  private long zeroCountDelta;
  private final XorValues sum = new XorValues(1);
  private long[] positive = new long[0];
  private long[] positiveDelta = new long[0];
  private long[] negative = new long[0];
  private long[] negativeDelta = new long[0];

  /** Over a chunk without start times. */
  public HistogramReader(byte[] data, int offset, int length) {
    this(ChunkEncoding.HISTOGRAM, data, offset, length);
  }

  /**
   * @param encoding {@link ChunkEncoding#HISTOGRAM} or {@link ChunkEncoding#HISTOGRAM_ST}
   */
  public HistogramReader(ChunkEncoding encoding, byte[] data, int offset, int length) {
    super(encoding, data, offset, length);
  }

  @Override
  public boolean hasIntegers() {
    return true;
  }

  @Override
  void readFirst(int positiveBuckets, int negativeBuckets) {
    positive = new long[positiveBuckets];
    negative = new long[negativeBuckets];
    positiveDelta = new long[positiveBuckets];
    negativeDelta = new long[negativeBuckets];
    count = in.unsignedVarbit();
    zeroCount = in.unsignedVarbit();
    sum.readFirst(in, 0);
    for (int i = 0; i < positive.length; i++) {
      positive[i] = in.varbit();
    }
    for (int i = 0; i < negative.length; i++) {
      negative[i] = in.varbit();
    }
  }

  @Override
  void readLater() {
    countDelta += in.varbit();
    count += countDelta;
    zeroCountDelta += in.varbit();
    zeroCount += zeroCountDelta;
    sum.read(in, 0);
    if (!isStale()) {
      buckets(positive, positiveDelta);
      buckets(negative, negativeDelta);
    }
  }

  private void buckets(long[] buckets, long[] deltas) {
    for (int i = 0; i < buckets.length; i++) {
      deltas[i] += in.varbit();
      buckets[i] += deltas[i];
    }
  }

  @Override
  double sum() {
    return sum.value(0);
  }

  @Override
  public Histogram histogram() {
    if (isStale()) {
      return Histogram.STALE;
    }
    return HistogramResolution.bounded(
        new Histogram(
            hint(),
            layout.schema(),
            layout.zeroThreshold(),
            zeroCount,
            count,
            sum(),
            layout.positiveSpans(),
            positive.clone(),
            layout.negativeSpans(),
            negative.clone(),
            layout.customValues()));
  }

  @Override
  public FloatHistogram floatHistogram() {
    if (isStale()) {
      return FloatHistogram.STALE;
    }
    return HistogramResolution.bounded(
        new FloatHistogram(
            hint(),
            layout.schema(),
            layout.zeroThreshold(),
            unsigned(zeroCount),
            unsigned(count),
            sum(),
            layout.positiveSpans(),
            absolute(positive),
            layout.negativeSpans(),
            absolute(negative),
            layout.customValues()));
  }

  private static double unsigned(long value) {
    return value >= 0 ? value : (value >>> 1 | value & 1) * 2.0;
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
