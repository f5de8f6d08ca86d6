package io.narthex.tsdb.chunk;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.HistogramResolution;

/**
 * Goes over the samples of a chunk with float counts: count, zero count, sum and every bucket are
 * floats with windows of their own.
 */
public final class FloatHistogramReader extends HistogramChunkReader {
  /** Where the values stand. */
  static final int COUNT = 0;

  static final int ZERO_COUNT = 1;
  static final int SUM = 2;
  static final int BUCKETS = 3;

  private XorValues values = new XorValues(BUCKETS);
  private int positiveBuckets;

  /** Over a chunk without start times. */
  public FloatHistogramReader(byte[] data, int offset, int length) {
    this(ChunkEncoding.FLOAT_HISTOGRAM, data, offset, length);
  }

  /**
   * @param encoding {@link ChunkEncoding#FLOAT_HISTOGRAM} or {@link
   *     ChunkEncoding#FLOAT_HISTOGRAM_ST}
   */
  public FloatHistogramReader(ChunkEncoding encoding, byte[] data, int offset, int length) {
    super(encoding, data, offset, length);
  }

  @Override
  public boolean hasIntegers() {
    return false;
  }

  @Override
  void readFirst(int positive, int negative) {
    positiveBuckets = positive;
    values = new XorValues(BUCKETS + positive + negative);
    for (int i = 0; i < values.size(); i++) {
      values.readFirst(in, i);
    }
  }

  @Override
  void readLater() {
    for (int i = 0; i < BUCKETS; i++) {
      values.read(in, i);
    }
    if (!isStale()) {
      for (int i = BUCKETS; i < values.size(); i++) {
        values.read(in, i);
      }
    }
  }

  @Override
  double sum() {
    return values.value(SUM);
  }

  @Override
  public FloatHistogram histogram() {
    if (isStale()) {
      return FloatHistogram.STALE;
    }
    return HistogramResolution.bounded(
        new FloatHistogram(
            hint(),
            layout.schema(),
            layout.zeroThreshold(),
            values.value(ZERO_COUNT),
            values.value(COUNT),
            values.value(SUM),
            layout.positiveSpans(),
            values.values(BUCKETS, positiveBuckets),
            layout.negativeSpans(),
            values.values(BUCKETS + positiveBuckets, values.size() - BUCKETS - positiveBuckets),
            layout.customValues()));
  }

  @Override
  public FloatHistogram floatHistogram() {
    return histogram();
  }
}
