package io.narthex.tsdb.chunk;

import static io.narthex.tsdb.chunk.FloatHistogramReader.BUCKETS;
import static io.narthex.tsdb.chunk.FloatHistogramReader.COUNT;
import static io.narthex.tsdb.chunk.FloatHistogramReader.SUM;
import static io.narthex.tsdb.chunk.FloatHistogramReader.ZERO_COUNT;

import io.narthex.model.histogram.FloatHistogram;
import java.util.Arrays;

/** Builds chunks of histograms with float counts. */
public final class FloatHistogramEncoder extends HistogramChunkEncoder<FloatHistogram> {
  /** Counts and sum, then the buckets, the positive first. */
  private XorValues values = new XorValues(BUCKETS);

  private int positiveBuckets;

  /** For chunks without start times. */
  public FloatHistogramEncoder() {
    this(ChunkEncoding.FLOAT_HISTOGRAM);
  }

  /**
   * @param encoding {@link ChunkEncoding#FLOAT_HISTOGRAM}, or {@link
   *     ChunkEncoding#FLOAT_HISTOGRAM_ST} for chunks that keep start times
   */
  public FloatHistogramEncoder(ChunkEncoding encoding) {
    this(encoding, 1024);
  }

  /**
   * @param capacityBytes how large chunks may become before the buffer grows
   */
  public FloatHistogramEncoder(ChunkEncoding encoding, int capacityBytes) {
    super(encoding, capacityBytes);
  }

  @Override
  boolean countFell(FloatHistogram h) {
    return h.count() < values.value(COUNT);
  }

  @Override
  boolean bucketFell(FloatHistogram h) {
    return h.zeroCount() < values.value(ZERO_COUNT)
        || fell(layout.positiveSpans(), BUCKETS, h.positiveSpans(), h.positiveCounts())
        || fell(
            layout.negativeSpans(),
            BUCKETS + positiveBuckets,
            h.negativeSpans(),
            h.negativeCounts());
  }

  private boolean fell(int[] spans, int from, int[] newSpans, double[] counts) {
    if (Arrays.equals(spans, newSpans)) {
      for (int i = 0; i < counts.length; i++) {
        if (counts[i] < values.value(from + i)) {
          return true;
        }
      }
      return false;
    }
    SpanWalk walk = new SpanWalk(spans, newSpans);
    while (walk.next()) {
      if (walk.first() >= 0) {
        double before = values.value(from + walk.first());
        if (walk.second() < 0 ? before != 0 : counts[walk.second()] < before) {
          return true;
        }
      }
    }
    return false;
  }

  @Override
  public CounterResetHeader headerAfter(HistogramFit fit) {
    return fit == HistogramFit.RESET ? CounterResetHeader.RESET : CounterResetHeader.UNKNOWN;
  }

  @Override
  public CounterResetHeader headerAfterFull(HistogramFit fit) {
    return fit == HistogramFit.RESET ? CounterResetHeader.RESET : CounterResetHeader.NOT_RESET;
  }

  @Override
  void writeFirst(FloatHistogram h) {
    FloatHistogram written = h.isStale() ? FloatHistogram.STALE : h;
    double[] positive = spreadPositive(written);
    double[] negative = spreadNegative(written);
    int size = BUCKETS + positive.length + negative.length;
    if (values.size() == size) {
      values.forget();
    } else {
      values = new XorValues(size);
    }
    positiveBuckets = positive.length;
    values.writeFirst(out, COUNT, written.count());
    values.writeFirst(out, ZERO_COUNT, written.zeroCount());
    values.writeFirst(out, SUM, written.sum());
    for (int i = 0; i < positive.length; i++) {
      values.writeFirst(out, BUCKETS + i, positive[i]);
    }
    for (int i = 0; i < negative.length; i++) {
      values.writeFirst(out, BUCKETS + positiveBuckets + i, negative[i]);
    }
  }

  @Override
  void writeLater(FloatHistogram h) {
    boolean stale = h.isStale();
    values.write(out, COUNT, stale ? 0 : h.count());
    values.write(out, ZERO_COUNT, stale ? 0 : h.zeroCount());
    values.write(out, SUM, h.sum());
    if (!stale) {
      buckets(BUCKETS, spreadPositive(h));
      buckets(BUCKETS + positiveBuckets, spreadNegative(h));
    }
  }

  private void buckets(int from, double[] counts) {
    for (int i = 0; i < counts.length; i++) {
      values.write(out, from + i, counts[i]);
    }
  }

  private double[] spreadPositive(FloatHistogram h) {
    return Spans.spread(h.positiveCounts(), h.positiveSpans(), layout.positiveSpans());
  }

  private double[] spreadNegative(FloatHistogram h) {
    return Spans.spread(h.negativeCounts(), h.negativeSpans(), layout.negativeSpans());
  }

  @Override
  FloatHistogram read(HistogramChunkReader from) {
    return ((FloatHistogramReader) from).histogram();
  }

  @Override
  double sum() {
    return values.value(SUM);
  }
}
