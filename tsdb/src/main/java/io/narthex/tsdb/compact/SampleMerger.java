package io.narthex.tsdb.compact;

import io.narthex.storage.SampleBuffer;
import io.narthex.tsdb.block.BlockWriter;
import io.narthex.tsdb.chunk.ChunkBuilder;
import io.narthex.tsdb.chunk.ChunkEncoding;
import io.narthex.tsdb.chunk.ChunkFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Merges runs of samples of one series in the order of time. Where several have a sample of the
 * same time, the first run's stays.
 */
final class SampleMerger {
  private final BlockWriter writer;
  private final Supplier<ChunkEncoding> floats;
  private final ChunkBuilder chunks = new ChunkBuilder(ChunkBuilder.Limit.SAMPLES);
  private final List<SampleBuffer> buffers = new ArrayList<>();
  private int used;

  /**
   * @param floats how floats without start times are encoded
   */
  SampleMerger(BlockWriter writer, Supplier<ChunkEncoding> floats) {
    this.writer = writer;
    this.floats = floats;
  }

  /** A buffer, empty, for the next run. */
  SampleBuffer next() {
    if (used == buffers.size()) {
      buffers.add(new SampleBuffer());
    }
    SampleBuffer buffer = buffers.get(used++);
    buffer.clear();
    return buffer;
  }

  /** Forgets all runs. */
  void clear() {
    used = 0;
  }

  /** Writes all runs, and forgets them. */
  void write() {
    ChunkEncoding encoding = floats.get();
    int[] positions = new int[used];
    while (true) {
      int first = -1;
      for (int i = 0; i < used; i++) {
        SampleBuffer run = buffers.get(i);
        if (positions[i] < run.size()
            && (first < 0
                || run.timestamps[positions[i]]
                    < buffers.get(first).timestamps[positions[first]])) {
          first = i;
        }
      }
      if (first < 0) {
        break;
      }
      SampleBuffer run = buffers.get(first);
      int at = positions[first];
      long t = run.timestamps[at];
      long start = run.start(at);
      chunks.add(t, run.values[at], start, ChunkFormat.keeping(encoding, start), writer::chunk);
      for (int i = 0; i < used; i++) {
        SampleBuffer other = buffers.get(i);
        if (positions[i] < other.size() && other.timestamps[positions[i]] == t) {
          positions[i]++;
        }
      }
    }
    chunks.flush(writer::chunk);
    used = 0;
  }
}
