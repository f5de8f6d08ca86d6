package io.narthex.tsdb.compact;

import io.narthex.tsdb.block.BlockWriter;
import io.narthex.tsdb.chunk.ChunkEncoding;
import io.narthex.tsdb.chunk.CounterResetHeader;
import io.narthex.tsdb.chunk.FloatHistogramEncoder;
import io.narthex.tsdb.chunk.HistogramEncoder;
import io.narthex.tsdb.chunk.HistogramFit;
import io.narthex.tsdb.chunk.XorEncoder;
import io.narthex.tsdb.encoding.ByteWriter;

/** Encodes samples of changing kinds into chunks of at most 120. */
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
      case TypedSample.Float(long t, double value) -> {
        prepare(ChunkEncoding.XOR, HistogramFit.APPENDS);
        floats.add(t, value);
      }
      case TypedSample.Integer(long t, var histogram) -> {
        boolean continues = open == ChunkEncoding.HISTOGRAM;
        prepare(
            ChunkEncoding.HISTOGRAM, continues ? integers.fit(histogram) : HistogramFit.NEW_CHUNK);
        integers.add(t, histogram);
      }
      case TypedSample.FloatCounts(long t, var histogram) -> {
        boolean continues = open == ChunkEncoding.FLOAT_HISTOGRAM;
        prepare(
            ChunkEncoding.FLOAT_HISTOGRAM,
            continues ? floatCounts.fit(histogram) : HistogramFit.NEW_CHUNK);
        floatCounts.add(t, histogram);
      }
    }
    first = samples++ == 0 ? sample.t() : first;
    last = sample.t();
  }

  private void prepare(ChunkEncoding encoding, HistogramFit fit) {
    boolean full = samples == CHUNK_SAMPLES;
    if (open == encoding && fit == HistogramFit.APPENDS && !full) {
      return;
    }
    boolean continued = open == encoding && fit == HistogramFit.APPENDS;
    flush();
    open = encoding;
    CounterResetHeader header = continued ? CounterResetHeader.NOT_RESET : fit.header();
    switch (encoding) {
      case XOR -> floats.reset();
      case HISTOGRAM -> integers.start(header);
      case FLOAT_HISTOGRAM -> floatCounts.start(header);
      case NONE, XOR2, HISTOGRAM_ST, FLOAT_HISTOGRAM_ST ->
          throw new IllegalStateException("BUG: chunks of " + encoding + " are not written");
    }
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
