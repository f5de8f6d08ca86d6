package io.narthex.tsdb.compact;

import io.narthex.storage.SampleBuffer;
import io.narthex.tsdb.block.BlockWriter;
import io.narthex.tsdb.chunk.ChunkEncoding;
import io.narthex.tsdb.chunk.XorEncoder;
import io.narthex.tsdb.encoding.ByteWriter;

/** Encodes float samples of one series into chunks of 120. */
final class ChunkCutter {
  private static final int CHUNK_SAMPLES = 120;

  private final BlockWriter writer;
  private final XorEncoder floats = new XorEncoder();
  private long first;
  private long last;

  ChunkCutter(BlockWriter writer) {
    this.writer = writer;
  }

  void add(SampleBuffer from, int i) {
    if (floats.count() == CHUNK_SAMPLES) {
      flush();
    }
    last = from.timestamps[i];
    if (floats.count() == 0) {
      first = last;
    }
    floats.add(last, from.values[i]);
  }

  /** Writes what is left. */
  void flush() {
    if (floats.count() == 0) {
      return;
    }
    ByteWriter chunk = floats.chunk();
    writer.chunk(first, last, ChunkEncoding.XOR, chunk.array(), 0, chunk.length());
    floats.reset();
  }
}
