package io.narthex.tsdb.chunk;

import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.value.StaleMarker;
import io.narthex.tsdb.encoding.ByteWriter;
import java.util.Arrays;

/**
 * Builds one float histogram chunk after the other (format at {@link FloatHistogramReader}); used
 * as {@link HistogramEncoder}.
 */
public final class FloatHistogramEncoder {
  private final BitOutput out = new BitOutput();
  private final ChunkEncoding encoding;
  private final HistogramFraming framing;
  private CounterResetHeader header = CounterResetHeader.UNKNOWN;
  private HistogramLayout layout = HistogramLayout.of(0, 0, new int[0], new int[0], new double[0]);
  private int samples;
  private long t;
  private long tDelta;
  private XorValue count = new XorValue();
  private XorValue zeroCount = new XorValue();
  private XorValue sum = new XorValue();
  private XorValue[] positive = new XorValue[0];
  private XorValue[] negative = new XorValue[0];

  /** For chunks without start times. */
  public FloatHistogramEncoder() {
    this(ChunkEncoding.FLOAT_HISTOGRAM);
  }

  /**
   * @param encoding {@link ChunkEncoding#FLOAT_HISTOGRAM}, or {@link
   *     ChunkEncoding#FLOAT_HISTOGRAM_ST} for chunks that keep start times
   */
  public FloatHistogramEncoder(ChunkEncoding encoding) {
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
    count = new XorValue();
    zeroCount = new XorValue();
    sum = new XorValue();
  }

  /** Whether a histogram can be added to the chunk, which has at least one. */
  public HistogramFit fit(FloatHistogram h) {
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
    if (h.count() < count.value()) {
      return HistogramFit.NEW_CHUNK_AFTER_RESET;
    }
    if (h.schema() != layout.schema() || h.zeroThreshold() != layout.zeroThreshold()) {
      return HistogramFit.NEW_CHUNK;
    }
    boolean reset =
        !Arrays.equals(next.customValues(), layout.customValues())
            || h.zeroCount() < zeroCount.value()
            || BucketCounts.decrease(
                layout.positiveSpans(), values(positive), h.positiveSpans(), h.positiveCounts())
            || BucketCounts.decrease(
                layout.negativeSpans(), values(negative), h.negativeSpans(), h.negativeCounts());
    if (reset) {
      return HistogramFit.NEW_CHUNK_AFTER_RESET;
    }
    return layout.sameAs(next) ? HistogramFit.APPENDS : HistogramFit.NEW_CHUNK_WITHOUT_RESET;
  }

  private static double[] values(XorValue[] buckets) {
    double[] values = new double[buckets.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = buckets[i].value();
    }
    return values;
  }

  private static HistogramLayout layout(FloatHistogram h) {
    return HistogramLayout.of(
        h.schema(), h.zeroThreshold(), h.positiveSpans(), h.negativeSpans(), h.customValues());
  }

  /** Adds a histogram that fits and does not say since when it counts. */
  public void add(long timestampMillis, FloatHistogram h) {
    add(timestampMillis, h, 0);
  }

  /**
   * Adds a histogram that fits.
   *
   * @param startMillis since when it counts, 0 where not known; dropped by the encoding without
   *     start times
   */
  public void add(long timestampMillis, FloatHistogram h, long startMillis) {
    long before = t;
    FloatHistogram written = StaleMarker.is(h.sum()) ? StaleHistograms.FLOAT : h;
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

  private void first(long timestampMillis, FloatHistogram h) {
    layout = layout(h);
    layout.write(out);
    t = timestampMillis;
    tDelta = 0;
    out.varbit(t);
    count.writeFirst(out, h.count());
    zeroCount.writeFirst(out, h.zeroCount());
    sum.writeFirst(out, h.sum());
    positive = FloatHistogramReader.values(h.positiveCounts().length);
    negative = FloatHistogramReader.values(h.negativeCounts().length);
    for (int i = 0; i < positive.length; i++) {
      positive[i].writeFirst(out, h.positiveCounts()[i]);
    }
    for (int i = 0; i < negative.length; i++) {
      negative[i].writeFirst(out, h.negativeCounts()[i]);
    }
  }

  private void later(long timestampMillis, FloatHistogram h) {
    long newTDelta = timestampMillis - t;
    out.varbit(newTDelta - tDelta);
    t = timestampMillis;
    tDelta = newTDelta;
    count.write(out, h.count());
    zeroCount.write(out, h.zeroCount());
    sum.write(out, h.sum());
    if (!StaleMarker.is(h.sum())) {
      for (int i = 0; i < positive.length; i++) {
        positive[i].write(out, h.positiveCounts()[i]);
      }
      for (int i = 0; i < negative.length; i++) {
        negative[i].write(out, h.negativeCounts()[i]);
      }
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
