package io.narthex.tsdb.chunk;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.value.StaleMarker;
import io.narthex.tsdb.encoding.DecodeException;

/**
 * Goes over the samples of a float histogram chunk. Header and layout as {@link HistogramReader};
 * count, zero count, sum and every bucket are floats with windows of their own.
 */
public final class FloatHistogramReader {
  private final BitReader in;
  private final int total;
  private final CounterResetHeader header;
  private final StartTimeReader starts;
  private HistogramLayout layout = HistogramLayout.of(0, 0, new int[0], new int[0], new double[0]);
  private int read;
  private long t;
  private long tDelta;
  private final XorValue count = new XorValue();
  private final XorValue zeroCount = new XorValue();
  private final XorValue sum = new XorValue();
  private XorValue[] positive = new XorValue[0];
  private XorValue[] negative = new XorValue[0];

  /** Over a chunk without start times. */
  public FloatHistogramReader(byte[] data, int offset, int length) {
    this(ChunkEncoding.FLOAT_HISTOGRAM, data, offset, length);
  }

  /**
   * @param encoding {@link ChunkEncoding#FLOAT_HISTOGRAM} or {@link
   *     ChunkEncoding#FLOAT_HISTOGRAM_ST}
   */
  public FloatHistogramReader(ChunkEncoding encoding, byte[] data, int offset, int length) {
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
    positive = values(HistogramLayout.buckets(layout.positiveSpans(), in));
    negative = values(HistogramLayout.buckets(layout.negativeSpans(), in));
    t = in.varbit();
    count.readFirst(in);
    zeroCount.readFirst(in);
    sum.readFirst(in);
    for (XorValue bucket : positive) {
      bucket.readFirst(in);
    }
    for (XorValue bucket : negative) {
      bucket.readFirst(in);
    }
  }

  private void later() {
    tDelta += in.varbit();
    t += tDelta;
    count.read(in);
    zeroCount.read(in);
    sum.read(in);
    if (!isStale()) {
      for (XorValue bucket : positive) {
        bucket.read(in);
      }
      for (XorValue bucket : negative) {
        bucket.read(in);
      }
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
  public FloatHistogram histogram() {
    if (isStale()) {
      return StaleHistograms.FLOAT;
    }
    return new FloatHistogram(
        HistogramReader.hint(header, read),
        layout.schema(),
        layout.zeroThreshold(),
        zeroCount.value(),
        count.value(),
        sum.value(),
        layout.positiveSpans(),
        doubles(positive),
        layout.negativeSpans(),
        doubles(negative),
        layout.customValues());
  }

  static XorValue[] values(int n) {
    XorValue[] values = new XorValue[n];
    for (int i = 0; i < n; i++) {
      values[i] = new XorValue();
    }
    return values;
  }

  private static double[] doubles(XorValue[] values) {
    double[] out = new double[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = values[i].value();
    }
    return out;
  }
}
