package io.narthex.tsdb.head;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import io.narthex.model.histogram.NativeHistogram;
import io.narthex.tsdb.chunk.ChunkEncoding;
import io.narthex.tsdb.chunk.CounterResetHeader;
import io.narthex.tsdb.chunk.FloatHistogramEncoder;
import io.narthex.tsdb.chunk.HistogramChunkEncoder;
import io.narthex.tsdb.chunk.HistogramEncoder;
import io.narthex.tsdb.chunk.HistogramFit;
import io.narthex.tsdb.chunk.XorEncoder;
import io.narthex.tsdb.encoding.ByteWriter;
import org.jspecify.annotations.Nullable;

/** Encodes samples of one series, of changing kinds and ascending in time, into chunks. */
final class OutOfOrderChunks {
  private static final int CHUNK_SAMPLES = 120;

  private final XorEncoder floats = new XorEncoder();
  private final HistogramEncoder integers = new HistogramEncoder();
  private final FloatHistogramEncoder floatCounts = new FloatHistogramEncoder();
  private ChunkEncoding open = ChunkEncoding.NONE;
  private int samples;
  private long first;
  private long last;

  /** Adds a sample; what it completes goes to the visitor. */
  void add(long t, long valueBits, @Nullable NativeHistogram histogram, HeadSlice.Visitor visitor) {
    if (histogram == null) {
      if (startsChunk(ChunkEncoding.XOR, visitor)) {
        floats.reset();
      }
      floats.add(t, Double.longBitsToDouble(valueBits));
    } else {
      switch (histogram) {
        case Histogram h -> add(t, h, integers, visitor);
        case FloatHistogram h -> add(t, h, floatCounts, visitor);
      }
    }
    first = samples++ == 0 ? t : first;
    last = t;
  }

  private <H extends NativeHistogram> void add(
      long t, H h, HistogramChunkEncoder<H> encoder, HeadSlice.Visitor visitor) {
    if (startsChunk(encoder.encoding(), visitor)) {
      encoder.start(CounterResetHeader.UNKNOWN);
    } else {
      HistogramFit fit = encoder.fit(h);
      if (fit != HistogramFit.APPENDS) {
        flush(visitor);
        open = encoder.encoding();
        encoder.start(encoder.headerAfter(fit));
      }
    }
    encoder.add(t, h);
  }

  /** Ends the open chunk where it is full or of another kind; says whether a new one starts. */
  private boolean startsChunk(ChunkEncoding encoding, HeadSlice.Visitor visitor) {
    if (open == encoding && samples < CHUNK_SAMPLES) {
      return false;
    }
    flush(visitor);
    open = encoding;
    return true;
  }

  /** Hands over what is left. */
  void flush(HeadSlice.Visitor visitor) {
    if (samples > 0) {
      ByteWriter chunk =
          switch (open) {
            case HISTOGRAM, HISTOGRAM_ST -> integers.chunk();
            case FLOAT_HISTOGRAM, FLOAT_HISTOGRAM_ST -> floatCounts.chunk();
            case NONE, XOR, XOR2 -> floats.chunk();
          };
      samples = 0;
      visitor.chunk(first, last, open, chunk.array(), 0, chunk.length());
    }
    open = ChunkEncoding.NONE;
    samples = 0;
  }
}
