package io.narthex.tsdb.head;

import io.narthex.model.histogram.NativeHistogram;
import io.narthex.storage.StorageException;
import io.narthex.tsdb.chunk.ChunkBuilder;
import io.narthex.tsdb.chunk.ChunkDecoder;
import io.narthex.tsdb.chunk.ChunkEncoding;
import io.narthex.tsdb.chunk.ChunkFormat;
import io.narthex.tsdb.chunk.HeadChunkFiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Adds samples to the out-of-order part of series, and moves what is full to the head chunk files.
 * Runs under the commit lock.
 */
final class OutOfOrderWriter {
  /** So many samples a series keeps in memory, as in Prometheus. */
  static final int OPEN_SAMPLES = 32;

  /** Samples stay in memory while the files cannot be written, but not without end. */
  private static final int MAX_OPEN_SAMPLES = 4096;

  private final HeadChunkFiles files;
  private final HeadMetrics metrics;
  private final SampleWriter inOrder;
  private final ChunkBuilder chunks = new ChunkBuilder(ChunkBuilder.Limit.SAMPLES);
  private long lowWatermark;

  OutOfOrderWriter(Head head) {
    this.files = head.files;
    this.metrics = head.metrics;
    this.inOrder = head.writer;
  }

  /** All open views see the samples before a position of the isolation log. */
  void lowWatermark(long position) {
    lowWatermark = position;
  }

  /**
   * Makes room for a sample.
   *
   * @return whether the sample starts a new run in memory: all before it are in chunks
   * @throws StorageException where the series has too many in memory and none can be written
   */
  boolean prepare(long ref, OutOfOrderSeries series) {
    int open = series.openSize();
    if (open == 0) {
      metrics.chunkCreated();
      return true;
    }
    if (open < OPEN_SAMPLES) {
      return false;
    }
    try {
      cut(ref, series);
    } catch (StorageException e) {
      metrics.chunkWriteFailed();
      if (open >= MAX_OPEN_SAMPLES) {
        throw e;
      }
      return false;
    }
    metrics.chunkCreated();
    return true;
  }

  /** Moves the samples in memory to the head chunk files; a failure leaves them where they are. */
  void cut(long ref, OutOfOrderSeries series) {
    OutOfOrderSeries.Open open = series.open();
    if (open.size() == 0) {
      return;
    }
    Target target = new Target(ref, open.positions());
    ChunkFormat format = inOrder.format().chunks();
    for (int i = 0; i < open.size(); i++) {
      long t = open.times()[i];
      NativeHistogram histogram = open.histogram(i);
      if (histogram == null) {
        double value = Double.longBitsToDouble(open.valueBits()[i]);
        chunks.add(t, value, open.start(i), format, target);
      } else {
        chunks.add(t, histogram, open.start(i), format, target);
      }
    }
    chunks.flush(target);
    series.settle(lowWatermark);
    series.cut(target.written);
    for (int more = 1; more < target.written.size(); more++) {
      metrics.chunkCreated();
    }
  }

  /** Writes chunks as they are completed. */
  private final class Target implements ChunkBuilder.Output {
    private final long ref;
    private final long[] positions;
    private final List<OutOfOrderSeries.Mapped> written = new ArrayList<>(1);
    private int samples;

    Target(long ref, long[] positions) {
      this.ref = ref;
      this.positions = positions;
    }

    @Override
    public void chunk(
        long mint, long maxt, ChunkEncoding encoding, byte[] data, int offset, int length) {
      long chunkRef = files.append(ref, mint, maxt, encoding, true, data, offset, length);
      int count = ChunkDecoder.count(encoding, data, offset);
      written.add(
          new OutOfOrderSeries.Mapped(
              mint, maxt, chunkRef, encoding, unsettled(samples, samples + count)));
      samples += count;
      metrics.chunkMapped();
    }

    /** The positions of a chunk's samples, unless all views see them. */
    private long[] unsettled(int from, int to) {
      for (int i = from; i < to; i++) {
        if (positions[i] >= lowWatermark) {
          return Arrays.copyOfRange(positions, from, to);
        }
      }
      return new long[0];
    }
  }
}
