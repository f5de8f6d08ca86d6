package io.narthex.tsdb.compact;

import io.narthex.storage.SampleBuffer;
import io.narthex.tsdb.block.BlockWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Merges runs of samples of one series in the order of time. Where several have a sample of the
 * same time, the first run's stays.
 */
final class SampleMerger {
  private final ChunkCutter cutter;
  private final List<SampleBuffer> buffers = new ArrayList<>();
  private int used;

  SampleMerger(BlockWriter writer) {
    cutter = new ChunkCutter(writer);
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
      cutter.add(run, at);
      long t = run.timestamps[at];
      for (int i = 0; i < used; i++) {
        SampleBuffer other = buffers.get(i);
        if (positions[i] < other.size() && other.timestamps[positions[i]] == t) {
          positions[i]++;
        }
      }
    }
    cutter.flush();
    used = 0;
  }
}
