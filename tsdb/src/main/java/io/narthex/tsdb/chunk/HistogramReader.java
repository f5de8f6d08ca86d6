package io.narthex.tsdb.chunk;

import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.Histogram;
import io.narthex.model.value.StaleMarker;
import io.narthex.tsdb.encoding.DecodeException;

/**
 * Goes over the samples of a histogram chunk: header ({@link HistogramFraming}), {@link
 * HistogramLayout}; then time, count, zero count, sum and buckets. The first sample is plain; of
 * later ones the sum is written as xor, all else as delta of the delta.
 */
public final class HistogramReader {
  private final BitReader in;
  private final int total;
  private final CounterResetHeader header;
  private final StartTimeReader starts;
  private HistogramLayout layout = HistogramLayout.of(0, 0, new int[0], new int[0], new double[0]);
  private int read;
  private long t;
  private long tDelta;
  private long count;
  private long countDelta;
  private long zeroCount;
  private long zeroCountDelta;
  private final XorValue sum = new XorValue();
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
    int headerBytes = HistogramFraming.HEADER_BYTES;
    if (length < headerBytes) {
      throw new DecodeException("histogram chunk of " + length + " bytes has no header");
    }
    boolean withStarts = encoding.hasStartTimes();
    total = HistogramFraming.count(withStarts, data, offset);
    header = HistogramFraming.counterReset(withStarts, data, offset);
    starts = new StartTimeReader(withStarts ? data[offset + 2] : 0);
    in = new BitReader(data, offset + headerBytes, length - headerBytes);
  }

  public CounterResetHeader header() {
    return header;
  }

  /** Goes to the next sample; false after the last. */
  public boolean next() {
    if (read == total) {
      return false;
    }
    long before = t;
    if (read == 0) {
      first();
    } else {
      later();
    }
    starts.read(in, read, t, before);
    read++;
    return true;
  }

  private void first() {
    layout = HistogramLayout.read(in);
    positive = new long[HistogramLayout.buckets(layout.positiveSpans(), in)];
    negative = new long[HistogramLayout.buckets(layout.negativeSpans(), in)];
    positiveDelta = new long[positive.length];
    negativeDelta = new long[negative.length];
    t = in.varbit();
    count = in.unsignedVarbit();
    zeroCount = in.unsignedVarbit();
    sum.readFirst(in);
    for (int i = 0; i < positive.length; i++) {
      positive[i] = in.varbit();
    }
    for (int i = 0; i < negative.length; i++) {
      negative[i] = in.varbit();
    }
  }

  private void later() {
    tDelta += in.varbit();
    t += tDelta;
    countDelta += in.varbit();
    count += countDelta;
    zeroCountDelta += in.varbit();
    zeroCount += zeroCountDelta;
    sum.read(in);
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

  public long timestampMillis() {
    return t;
  }

  /** Since when the current sample counts; 0 where not known. */
  public long startMillis() {
    return starts.startMillis();
  }

  public boolean isStale() {
    return StaleMarker.is(sum.value());
  }

  /** The current sample as a histogram of its own; a stale one has only its sum. */
  public Histogram histogram() {
    if (isStale()) {
      return StaleHistograms.INTEGER;
    }
    return new Histogram(
        hint(header, read),
        layout.schema(),
        layout.zeroThreshold(),
        zeroCount,
        count,
        sum.value(),
        layout.positiveSpans(),
        positive.clone(),
        layout.negativeSpans(),
        negative.clone(),
        layout.customValues());
  }

  /** Within a chunk there are no resets; what was before it may no longer be there to compare. */
  static CounterResetHint hint(CounterResetHeader header, int read) {
    if (header == CounterResetHeader.GAUGE) {
      return CounterResetHint.GAUGE;
    }
    return read > 1 ? CounterResetHint.NOT_RESET : CounterResetHint.UNKNOWN;
  }
}
