package io.narthex.tsdb.chunk;

import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.Histogram;
import io.narthex.model.value.StaleMarker;
import io.narthex.tsdb.encoding.ByteWriter;
import java.util.Arrays;

/**
 * Builds one histogram chunk after the other (format at {@link HistogramReader}). Ask {@link #fit}
 * before each histogram; where it does not append, take the {@link #chunk} and {@link #start} the
 * next.
 */
public final class HistogramEncoder {
  private final BitOutput out = new BitOutput();
  private final ChunkEncoding encoding;
  private final HistogramFraming framing;
  private CounterResetHeader header = CounterResetHeader.UNKNOWN;
  private HistogramLayout layout = HistogramLayout.of(0, 0, new int[0], new int[0], new double[0]);
  private int samples;
  private long t;
  private long tDelta;
  private long count;
  private long countDelta;
  private long zeroCount;
  private long zeroCountDelta;
  private XorValue sum = new XorValue();
  private long[] positive = new long[0];
  private long[] positiveDelta = new long[0];
  private long[] negative = new long[0];
  private long[] negativeDelta = new long[0];

  /** For chunks without start times. */
  public HistogramEncoder() {
    this(ChunkEncoding.HISTOGRAM);
  }

  /**
   * @param encoding {@link ChunkEncoding#HISTOGRAM}, or {@link ChunkEncoding#HISTOGRAM_ST} for
   *     chunks that keep start times
   */
  public HistogramEncoder(ChunkEncoding encoding) {
    this.encoding = encoding;
    framing = new HistogramFraming(encoding.hasStartTimes());
    framing.reset(out);
  }

  public ChunkEncoding encoding() {
    return encoding;
  }

  /** Starts a new chunk; {@link CounterResetHeader#GAUGE} is set by itself. */
  public void start(CounterResetHeader newHeader) {
    header = newHeader;
    framing.reset(out);
    samples = 0;
    sum = new XorValue();
  }

  /** Whether a histogram can be added to the chunk, which has at least one. */
  public HistogramFit fit(Histogram h) {
    boolean gauge = h.counterResetHint() == CounterResetHint.GAUGE;
    boolean stale = StaleMarker.is(h.sum());
    if (gauge != (header == CounterResetHeader.GAUGE) && !stale) {
      return HistogramFit.NEW_CHUNK;
    }
    if (h.counterResetHint() == CounterResetHint.RESET) {
      return HistogramFit.NEW_CHUNK_AFTER_RESET;
    }
    if (stale) {
      return HistogramFit.APPENDS;
    }
    if (StaleMarker.is(sum.value())) {
      return HistogramFit.NEW_CHUNK;
    }
    HistogramLayout next = layout(h);
    if (gauge) {
      return layout.sameAs(next) ? HistogramFit.APPENDS : HistogramFit.NEW_CHUNK;
    }
    if (Long.compareUnsigned(h.count(), count) < 0) {
      return HistogramFit.NEW_CHUNK_AFTER_RESET;
    }
    if (h.schema() != layout.schema() || h.zeroThreshold() != layout.zeroThreshold()) {
      return HistogramFit.NEW_CHUNK;
    }
    boolean reset =
        !Arrays.equals(next.customValues(), layout.customValues())
            || Long.compareUnsigned(h.zeroCount(), zeroCount) < 0
            || BucketCounts.decrease(
                layout.positiveSpans(),
                BucketCounts.absolute(positive),
                h.positiveSpans(),
                BucketCounts.absolute(h.positiveDeltas()))
            || BucketCounts.decrease(
                layout.negativeSpans(),
                BucketCounts.absolute(negative),
                h.negativeSpans(),
                BucketCounts.absolute(h.negativeDeltas()));
    if (reset) {
      return HistogramFit.NEW_CHUNK_AFTER_RESET;
    }
    return layout.sameAs(next) ? HistogramFit.APPENDS : HistogramFit.NEW_CHUNK_WITHOUT_RESET;
  }

  /** Adds a histogram that fits and does not say since when it counts. */
  public void add(long timestampMillis, Histogram h) {
    add(timestampMillis, h, 0);
  }

  /**
   * Adds a histogram that fits.
   *
   * @param startMillis since when it counts, 0 where not known; dropped by the encoding without
   *     start times
   */
  public void add(long timestampMillis, Histogram h, long startMillis) {
    long before = t;
    Histogram written = StaleMarker.is(h.sum()) ? StaleHistograms.INTEGER : h;
    if (samples == 0) {
      if (h.counterResetHint() == CounterResetHint.GAUGE) {
        header = CounterResetHeader.GAUGE;
      }
      first(timestampMillis, written);
    } else {
      later(timestampMillis, written);
    }
    framing.endSample(out, header, samples, timestampMillis, before, startMillis);
    samples++;
  }

  private static HistogramLayout layout(Histogram h) {
    return HistogramLayout.of(
        h.schema(), h.zeroThreshold(), h.positiveSpans(), h.negativeSpans(), h.customValues());
  }

  private void first(long timestampMillis, Histogram h) {
    layout = layout(h);
    layout.write(out);
    t = timestampMillis;
    count = h.count();
    zeroCount = h.zeroCount();
    tDelta = 0;
    countDelta = 0;
    zeroCountDelta = 0;
    out.varbit(t);
    out.unsignedVarbit(count);
    out.unsignedVarbit(zeroCount);
    sum.writeFirst(out, h.sum());
    positive = h.positiveDeltas().clone();
    negative = h.negativeDeltas().clone();
    positiveDelta = new long[positive.length];
    negativeDelta = new long[negative.length];
    for (long bucket : positive) {
      out.varbit(bucket);
    }
    for (long bucket : negative) {
      out.varbit(bucket);
    }
  }

  private void later(long timestampMillis, Histogram h) {
    boolean stale = StaleMarker.is(h.sum());
    long newTDelta = timestampMillis - t;
    long newCountDelta = h.count() - count;
    long newZeroCountDelta = h.zeroCount() - zeroCount;
    out.varbit(newTDelta - tDelta);
    out.varbit(stale ? 0 : newCountDelta - countDelta);
    out.varbit(stale ? 0 : newZeroCountDelta - zeroCountDelta);
    sum.write(out, h.sum());
    if (!stale) {
      buckets(positive, positiveDelta, h.positiveDeltas());
      buckets(negative, negativeDelta, h.negativeDeltas());
    }
    t = timestampMillis;
    tDelta = newTDelta;
    count = h.count();
    countDelta = newCountDelta;
    zeroCount = h.zeroCount();
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

  public int count() {
    return samples;
  }

  /** The chunk so far; valid until the next call of {@link #add} or {@link #start}. */
  public ByteWriter chunk() {
    return out.bytes();
  }
}
