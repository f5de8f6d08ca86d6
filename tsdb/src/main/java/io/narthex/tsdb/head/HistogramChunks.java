package io.narthex.tsdb.head;

import io.narthex.tsdb.chunk.ChunkEncoding;
import io.narthex.tsdb.chunk.CounterResetHeader;
import io.narthex.tsdb.chunk.FloatHistogramEncoder;
import io.narthex.tsdb.chunk.HistogramEncoder;
import io.narthex.tsdb.chunk.HistogramFit;
import io.narthex.tsdb.encoding.ByteWriter;

/** Encodes the native histograms of one series after the other into chunks for a block. */
final class HistogramChunks {
  private static final int CHUNK_SAMPLES = 120;

  private final HistogramEncoder integers = new HistogramEncoder();
  private final FloatHistogramEncoder floats = new FloatHistogramEncoder();
  private ChunkEncoding open = ChunkEncoding.NONE;
  private int count;
  private long first;
  private long last;

  void add(HistogramSample sample, HeadSlice.Visitor visitor) {
    switch (sample) {
      case HistogramSample.OfIntegers s -> {
        boolean follows = open == ChunkEncoding.HISTOGRAM;
        HistogramFit fit = follows ? integers.fit(s.histogram()) : HistogramFit.NEW_CHUNK;
        if (startsChunk(ChunkEncoding.HISTOGRAM, fit, visitor)) {
          integers.start(header(follows, fit));
        }
        integers.add(s.timestampMillis(), s.histogram());
      }
      case HistogramSample.OfFloats s -> {
        boolean follows = open == ChunkEncoding.FLOAT_HISTOGRAM;
        HistogramFit fit = follows ? floats.fit(s.histogram()) : HistogramFit.NEW_CHUNK;
        if (startsChunk(ChunkEncoding.FLOAT_HISTOGRAM, fit, visitor)) {
          floats.start(header(follows, fit));
        }
        floats.add(s.timestampMillis(), s.histogram());
      }
    }
    last = sample.timestampMillis();
    first = count++ == 0 ? last : first;
  }

  /** Ends the open chunk unless the sample fits it; says whether a new one starts. */
  private boolean startsChunk(ChunkEncoding encoding, HistogramFit fit, HeadSlice.Visitor visitor) {
    if (open == encoding && fit == HistogramFit.APPENDS && count < CHUNK_SAMPLES) {
      return false;
    }
    flush(visitor);
    open = encoding;
    return true;
  }

  /** A chunk that was cut only because it was full has no reset at its start. */
  private static CounterResetHeader header(boolean follows, HistogramFit fit) {
    return follows && fit == HistogramFit.APPENDS ? CounterResetHeader.NOT_RESET : fit.header();
  }

  /** Hands over the open chunk, if there is one. */
  void flush(HeadSlice.Visitor visitor) {
    if (count > 0) {
      ByteWriter chunk = open == ChunkEncoding.HISTOGRAM ? integers.chunk() : floats.chunk();
      visitor.chunk(first, last, open, chunk.array(), 0, chunk.length());
    }
    open = ChunkEncoding.NONE;
    count = 0;
  }
}
