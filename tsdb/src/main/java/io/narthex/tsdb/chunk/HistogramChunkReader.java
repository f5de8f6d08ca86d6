package io.narthex.tsdb.chunk;

import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.NativeHistogram;
import io.narthex.model.value.StaleMarker;
import io.narthex.tsdb.encoding.DecodeException;

/**
 * Goes over the samples of a histogram chunk: header ({@link HistogramFraming}), {@link
 * HistogramLayout}; then time, count, zero count, sum, positive and negative buckets. Times are
 * written as delta of the delta, the rest as the kind has it; of a staleness marker there is
 * nothing but the sum.
 */
public abstract sealed class HistogramChunkReader permits HistogramReader, FloatHistogramReader {
  final BitReader in;
  HistogramLayout layout = HistogramLayout.EMPTY;
  private final int total;
  private final CounterResetHeader header;
  private final StartTimeReader starts;
  private int read;
  private long t;
  private long tDelta;

  HistogramChunkReader(ChunkEncoding encoding, byte[] data, int offset, int length) {
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

  /**
   * A reader of a chunk.
   *
   * @throws DecodeException where the encoding is not one of histograms
   */
  public static HistogramChunkReader of(
      ChunkEncoding encoding, byte[] data, int offset, int length) {
    return switch (encoding) {
      case HISTOGRAM, HISTOGRAM_ST -> new HistogramReader(encoding, data, offset, length);
      case FLOAT_HISTOGRAM, FLOAT_HISTOGRAM_ST ->
          new FloatHistogramReader(encoding, data, offset, length);
      case NONE, XOR, XOR2 ->
          throw new DecodeException("chunk encoding " + encoding + " is not one of histograms");
    };
  }

  public final CounterResetHeader header() {
    return header;
  }

  /** Goes to the next sample; false after the last. */
  public final boolean next() {
    if (read == total) {
      return false;
    }
    long before = t;
    if (read == 0) {
      layout = HistogramLayout.read(in);
      t = in.varbit();
      readFirst(
          HistogramLayout.buckets(layout.positiveSpans(), in),
          HistogramLayout.buckets(layout.negativeSpans(), in));
    } else {
      tDelta += in.varbit();
      t += tDelta;
      readLater();
    }
    starts.read(in, read, t, before);
    read++;
    return true;
  }

  /** Reads all but the time of the first histogram. */
  abstract void readFirst(int positiveBuckets, int negativeBuckets);

  /** Reads all but the time of a later histogram. */
  abstract void readLater();

  public final long timestampMillis() {
    return t;
  }

  /** Since when the current sample counts; 0 where not known. */
  public final long startMillis() {
    return starts.startMillis();
  }

  /** Whether counts are integers. */
  public abstract boolean hasIntegers();

  abstract double sum();

  public final boolean isStale() {
    return StaleMarker.is(sum());
  }

  /** The current sample as a histogram of its own; a stale one has only its sum. */
  public abstract NativeHistogram histogram();

  /** The same with float counts. */
  public abstract FloatHistogram floatHistogram();

  /** Within a chunk there are no resets; what was before it may no longer be there to compare. */
  final CounterResetHint hint() {
    if (header == CounterResetHeader.GAUGE) {
      return CounterResetHint.GAUGE;
    }
    return read > 1 ? CounterResetHint.NOT_RESET : CounterResetHint.UNKNOWN;
  }
}
