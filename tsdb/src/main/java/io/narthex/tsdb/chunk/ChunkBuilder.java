package io.narthex.tsdb.chunk;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import io.narthex.model.histogram.NativeHistogram;
import io.narthex.tsdb.encoding.ByteWriter;
import java.util.EnumMap;
import java.util.Map;

/**
 * Encodes samples of one series, of changing kinds and ascending in time, into chunks. A chunk that
 * does not start because a histogram did not fit says nothing about counter resets.
 */
public final class ChunkBuilder {
  /** Takes chunks in the order of time; data is valid during the call. */
  public interface Output {
    void chunk(long mint, long maxt, ChunkEncoding encoding, byte[] data, int offset, int length);
  }

  /** What ends a chunk before a further sample of its kind, as in Prometheus. */
  public enum Limit {
    /** 120 samples; histograms with start times and such without have chunks of their own. */
    SAMPLES,
    /**
     * So many bytes as in the head, where no histogram chunk ends before it has more than ten
     * samples; those without start times go on in a chunk that can keep them.
     */
    BYTES
  }

  private static final int CHUNK_SAMPLES = 120;
  private static final int FLOAT_BYTES = 1024 - 19;
  private static final int HISTOGRAM_BYTES = 1024;
  private static final int MIN_HISTOGRAMS = 10;

  private final Limit limit;
  private final FloatEncoder floats = new FloatEncoder();
  private final Map<ChunkEncoding, HistogramEncoder> integers = new EnumMap<>(ChunkEncoding.class);
  private final Map<ChunkEncoding, FloatHistogramEncoder> floatCounts =
      new EnumMap<>(ChunkEncoding.class);

  /** The open chunk's. */
  private ChunkEncoding open = ChunkEncoding.NONE;

  private ByteWriter chunk = new ByteWriter(0);
  private int samples;
  private long first;
  private long last;

  public ChunkBuilder(Limit limit) {
    this.limit = limit;
  }

  /**
   * Adds a float. An open chunk of floats goes on in whatever encoding it is, unless the format
   * wants to keep a start time that it cannot.
   */
  public void add(long t, double value, long start, ChunkFormat format, Output output) {
    boolean losesStart =
        start != 0 && open == ChunkEncoding.XOR && format.floats() == ChunkEncoding.XOR2;
    boolean isFloat = open == ChunkEncoding.XOR || open == ChunkEncoding.XOR2;
    if (!isFloat || losesStart || isFull(chunk.length() > FLOAT_BYTES)) {
      flush(output);
      open = format.floats();
      floats.start(open);
    }
    floats.add(t, value, start);
    chunk = floats.chunk();
    added(t);
  }

  /** Adds a histogram. */
  public void add(
      long t, NativeHistogram histogram, long start, ChunkFormat format, Output output) {
    switch (histogram) {
      case Histogram h -> {
        ChunkEncoding encoding = encoding(format.histograms(), ChunkEncoding.HISTOGRAM_ST);
        add(t, h, start, integers.computeIfAbsent(encoding, e -> new HistogramEncoder(e)), output);
      }
      case FloatHistogram h -> {
        ChunkEncoding encoding =
            encoding(format.floatHistograms(), ChunkEncoding.FLOAT_HISTOGRAM_ST);
        add(
            t,
            h,
            start,
            floatCounts.computeIfAbsent(encoding, e -> new FloatHistogramEncoder(e)),
            output);
      }
    }
    added(t);
  }

  /** The encoding for a histogram, which may be that of the open chunk though it needs not be. */
  private ChunkEncoding encoding(ChunkEncoding wanted, ChunkEncoding withStarts) {
    boolean goesOn = limit == Limit.BYTES && open == withStarts && !isFull(isFullOfHistograms());
    return goesOn ? withStarts : wanted;
  }

  private boolean isFullOfHistograms() {
    return chunk.length() > HISTOGRAM_BYTES && samples > MIN_HISTOGRAMS;
  }

  private boolean isFull(boolean fullOfBytes) {
    return limit == Limit.SAMPLES ? samples == CHUNK_SAMPLES : fullOfBytes;
  }

  private <H extends NativeHistogram> void add(
      long t, H h, long start, HistogramChunkEncoder<H> encoder, Output output) {
    if (open != encoder.encoding() || isFull(isFullOfHistograms())) {
      flush(output);
      encoder.start(CounterResetHeader.UNKNOWN);
    } else {
      HistogramFit fit = encoder.fit(h);
      if (fit != HistogramFit.APPENDS) {
        flush(output);
        encoder.start(encoder.headerAfter(fit));
      }
    }
    open = encoder.encoding();
    encoder.add(t, h, start);
    chunk = encoder.chunk();
  }

  private void added(long t) {
    first = samples++ == 0 ? t : first;
    last = t;
  }

  /** Hands over what is left. */
  public void flush(Output output) {
    ChunkEncoding encoding = open;
    int had = samples;
    open = ChunkEncoding.NONE;
    samples = 0;
    if (had > 0) {
      output.chunk(first, last, encoding, chunk.array(), 0, chunk.length());
    }
  }
}
