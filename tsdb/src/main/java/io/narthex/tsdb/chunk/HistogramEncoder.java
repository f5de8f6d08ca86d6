package io.narthex.tsdb.chunk;

import io.narthex.model.histogram.Histogram;
import java.util.Arrays;

/** Builds chunks of histograms with integer counts. */
public final class HistogramEncoder extends HistogramChunkEncoder<Histogram> {
  private static final long[] NONE = {};

  private long count;
  private long countDelta;
  private long zeroCount;
  private long zeroCountDelta;
  private final XorValues sum = new XorValues(1);
  private long[] positive = NONE;
  private long[] positiveDelta = NONE;
  private long[] negative = NONE;
  private long[] negativeDelta = NONE;

  /** For chunks without start times. */
  public HistogramEncoder() {
    this(ChunkEncoding.HISTOGRAM);
  }

  /**
   * @param encoding {@link ChunkEncoding#HISTOGRAM}, or {@link ChunkEncoding#HISTOGRAM_ST} for
   *     chunks that keep start times
   */
  public HistogramEncoder(ChunkEncoding encoding) {
    this(encoding, 1024);
  }

  /**
   * @param capacityBytes how large chunks may become before the buffer grows
   */
  public HistogramEncoder(ChunkEncoding encoding, int capacityBytes) {
    super(encoding, capacityBytes);
  }

  @Override
  boolean countFell(Histogram h) {
    return Long.compareUnsigned(h.count(), count) < 0;
  }

  @Override
  boolean bucketFell(Histogram h) {
    return Long.compareUnsigned(h.zeroCount(), zeroCount) < 0
        || fell(layout.positiveSpans(), positive, h.positiveSpans(), h.positiveDeltas())
        || fell(layout.negativeSpans(), negative, h.negativeSpans(), h.negativeDeltas());
  }

  private static boolean fell(int[] spans, long[] deltas, int[] newSpans, long[] newDeltas) {
    long before = 0;
    long after = 0;
    if (Arrays.equals(spans, newSpans)) {
      for (int i = 0; i < deltas.length; i++) {
        before += deltas[i];
        after += newDeltas[i];
        if (after < before) {
          return true;
        }
      }
      return false;
    }
    SpanWalk walk = new SpanWalk(spans, newSpans);
    while (walk.next()) {
      before += walk.first() < 0 ? 0 : deltas[walk.first()];
      after += walk.second() < 0 ? 0 : newDeltas[walk.second()];
      if (walk.first() >= 0 && (walk.second() < 0 ? before != 0 : after < before)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public CounterResetHeader headerAfter(HistogramFit fit) {
    return switch (fit) {
      case APPENDS, AFTER_GAUGE -> CounterResetHeader.NOT_RESET;
      case UNKNOWN -> CounterResetHeader.UNKNOWN;
      case RESET -> CounterResetHeader.RESET;
    };
  }

  @Override
  public CounterResetHeader headerAfterFull(HistogramFit fit) {
    return headerAfter(fit);
  }

  @Override
  void writeFirst(Histogram h) {
    Histogram written = h.isStale() ? Histogram.STALE : h;
    count = written.count();
    zeroCount = written.zeroCount();
    countDelta = 0;
    zeroCountDelta = 0;
    out.unsignedVarbit(count);
    out.unsignedVarbit(zeroCount);
    sum.forget();
    sum.writeFirst(out, 0, written.sum());
    positive = plain(positive, spreadPositive(written));
    negative = plain(negative, spreadNegative(written));
    positiveDelta = zeros(positiveDelta, positive.length);
    negativeDelta = zeros(negativeDelta, negative.length);
  }

  /** Writes buckets, and keeps a copy of them. */
  private long[] plain(long[] kept, long[] buckets) {
    for (long bucket : buckets) {
      out.varbit(bucket);
    }
    if (kept.length != buckets.length) {
      return buckets.clone();
    }
    System.arraycopy(buckets, 0, kept, 0, buckets.length);
    return kept;
  }

  private static long[] zeros(long[] kept, int length) {
    if (kept.length != length) {
      return new long[length];
    }
    Arrays.fill(kept, 0);
    return kept;
  }

  @Override
  void writeLater(Histogram h) {
    boolean stale = h.isStale();
    long newCount = stale ? 0 : h.count();
    long newZeroCount = stale ? 0 : h.zeroCount();
    long newCountDelta = newCount - count;
    long newZeroCountDelta = newZeroCount - zeroCount;
    out.varbit(stale ? 0 : newCountDelta - countDelta);
    out.varbit(stale ? 0 : newZeroCountDelta - zeroCountDelta);
    sum.write(out, 0, h.sum());
    if (!stale) {
      buckets(positive, positiveDelta, spreadPositive(h));
      buckets(negative, negativeDelta, spreadNegative(h));
    }
    count = newCount;
    countDelta = newCountDelta;
    zeroCount = newZeroCount;
    zeroCountDelta = newZeroCountDelta;
  }

  private void buckets(long[] last, long[] deltas, long[] next) {
    for (int i = 0; i < last.length; i++) {
      long delta = next[i] - last[i];
      out.varbit(delta - deltas[i]);
      deltas[i] = delta;
      last[i] = next[i];
    }
  }

  private long[] spreadPositive(Histogram h) {
    return Spans.spreadDeltas(h.positiveDeltas(), h.positiveSpans(), layout.positiveSpans());
  }

  private long[] spreadNegative(Histogram h) {
    return Spans.spreadDeltas(h.negativeDeltas(), h.negativeSpans(), layout.negativeSpans());
  }

  @Override
  Histogram read(HistogramChunkReader from) {
    return ((HistogramReader) from).histogram();
  }

  @Override
  double sum() {
    return sum.value(0);
  }
}
