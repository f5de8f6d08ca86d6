package io.narthex.tsdb.compact;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import io.narthex.model.histogram.NativeHistogram;
import io.narthex.tsdb.block.BlockWriter;
import io.narthex.tsdb.chunk.ChunkEncoding;
import io.narthex.tsdb.chunk.CounterResetHeader;
import io.narthex.tsdb.chunk.FloatHistogramEncoder;
import io.narthex.tsdb.chunk.HistogramChunkEncoder;
import io.narthex.tsdb.chunk.HistogramEncoder;
import io.narthex.tsdb.chunk.HistogramFit;
import io.narthex.tsdb.chunk.XorEncoder;
import io.narthex.tsdb.encoding.ByteWriter;

/**
 * Encodes samples of changing kinds into chunks of at most 120. A chunk that does not start because
 * a histogram did not fit says nothing about counter resets.
 */
final class TypedChunkCutter {
  private static final int CHUNK_SAMPLES = 120;

  private final BlockWriter writer;
  private final XorEncoder floats = new XorEncoder();
  private final HistogramEncoder integers = new HistogramEncoder();
  private final FloatHistogramEncoder floatCounts = new FloatHistogramEncoder();
  private ChunkEncoding open = ChunkEncoding.NONE;
  private int samples;
  private long first;
  private long last;

  TypedChunkCutter(BlockWriter writer) {
    this.writer = writer;
  }

  void add(TypedSample sample) {
    switch (sample) {
      case TypedSample.OfFloat(long t, double value) -> {
        if (isFull(ChunkEncoding.XOR)) {
          floats.reset();
        }
        floats.add(t, value);
      }
      case TypedSample.OfHistogram(long t, NativeHistogram histogram) -> {
        switch (histogram) {
          case Histogram h -> add(t, h, integers);
          case FloatHistogram h -> add(t, h, floatCounts);
        }
      }
    }
    first = samples++ == 0 ? sample.t() : first;
    last = sample.t();
  }

  private <H extends NativeHistogram> void add(long t, H h, HistogramChunkEncoder<H> encoder) {
    if (isFull(encoder.encoding())) {
      encoder.start(CounterResetHeader.UNKNOWN);
    } else {
      HistogramFit fit = encoder.fit(h);
      if (fit != HistogramFit.APPENDS) {
        flush();
        open = encoder.encoding();
        encoder.start(encoder.headerAfter(fit));
      }
    }
    encoder.add(t, h);
  }

  /** Ends the open chunk where it is full or of another kind; says whether a new one starts. */
  private boolean isFull(ChunkEncoding encoding) {
    if (open == encoding && samples < CHUNK_SAMPLES) {
      return false;
    }
    flush();
    open = encoding;
    return true;
  }

  /** Writes what is left. */
  void flush() {
    if (samples > 0) {
      ByteWriter chunk =
          switch (open) {
            case HISTOGRAM -> integers.chunk();
            case FLOAT_HISTOGRAM -> floatCounts.chunk();
            case NONE, XOR, XOR2, HISTOGRAM_ST, FLOAT_HISTOGRAM_ST -> floats.chunk();
          };
      writer.chunk(first, last, open, chunk.array(), 0, chunk.length());
    }
    open = ChunkEncoding.NONE;
    samples = 0;
  }
}
