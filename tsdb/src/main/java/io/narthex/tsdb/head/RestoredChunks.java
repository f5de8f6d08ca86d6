package io.narthex.tsdb.head;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import io.narthex.model.histogram.NativeHistogram;
import io.narthex.model.value.StaleMarker;
import io.narthex.storage.SampleBuffer;
import io.narthex.tsdb.chunk.ChunkDecoder;
import io.narthex.tsdb.chunk.ChunkEncoding;
import io.narthex.tsdb.chunk.HistogramChunkEncoder;
import io.narthex.tsdb.chunk.HistogramChunkReader;
import io.narthex.tsdb.chunk.XorDecoder;
import io.narthex.tsdb.chunk.XorResume;
import io.narthex.tsdb.encoding.ByteReader;
import io.narthex.tsdb.encoding.DecodeException;
import io.narthex.tsdb.wal.HistogramBytes;

/**
 * Gives rows the open chunks of a snapshot. They go on growing where they stopped, as if there had
 * been no restart; where they cannot, their samples are added one by one.
 */
final class RestoredChunks {
  private final Head head;
  private final ReplayTally tally;
  private final SampleBuffer samples = new SampleBuffer();
  private ChunkEncoding encoding = ChunkEncoding.NONE;
  private long mint;
  private long maxt;
  private byte[] bytes = new byte[0];
  private int offset;
  private int length;

  RestoredChunks(Head head, ReplayTally tally) {
    this.head = head;
    this.tally = tally;
  }

  /**
   * Reads a chunk and the value of its last sample.
   *
   * @throws DecodeException where they do not follow their format; the row is as before
   */
  void read(int row, ByteReader in) {
    mint = in.u64();
    maxt = in.u64();
    encoding = ChunkEncoding.of(in.u8());
    length = in.count();
    bytes = in.array();
    offset = in.position();
    in.skip(length);
    passOverLastValue(in);
    if (maxt < head.minValidTime()) {
      return;
    }
    tally.extend(mint, maxt);
    // Files may have chunks that were cut from this one, or from its samples, after the snapshot.
    if (mint <= head.table.hot(row, SeriesTable.LAST_T)) {
      append(row);
      return;
    }
    boolean open =
        switch (encoding) {
          case XOR -> openFloats(row);
          case HISTOGRAM, HISTOGRAM_ST, FLOAT_HISTOGRAM, FLOAT_HISTOGRAM_ST -> openHistograms(row);
          case XOR2 -> false;
          case NONE -> throw new DecodeException("chunk without an encoding");
        };
    if (open) {
      head.metrics.chunkCreated();
    } else {
      append(row);
    }
  }

  /** The chunk has it as well. */
  private void passOverLastValue(ByteReader in) {
    switch (encoding) {
      case XOR, XOR2 -> in.skip(ChunkSnapshot.UNUSED_SAMPLES_BYTES + Long.BYTES);
      case HISTOGRAM, HISTOGRAM_ST -> {
        Histogram unused = HistogramBytes.read(in);
      }
      case FLOAT_HISTOGRAM, FLOAT_HISTOGRAM_ST -> {
        FloatHistogram unused = HistogramBytes.readFloat(in);
      }
      case NONE -> throw new DecodeException("chunk without an encoding");
    }
  }

  private boolean openFloats(int row) {
    samples.clear();
    XorDecoder.decode(bytes, offset, length, Long.MIN_VALUE, Long.MAX_VALUE, samples);
    int n = samples.size();
    long[] times = samples.timestamps;
    if (n == 0 || times[0] != mint || times[n - 1] != maxt) {
      throw new DecodeException(
          "chunk of " + n + " samples is not from " + mint + " to " + maxt + " as announced");
    }
    long state = XorResume.of(times, samples.values, n);
    int dataBytes = length - 2;
    if (OpenChunks.bytes(XorResume.bits(state)) != dataBytes
        || XorResume.bits(state) > OpenChunks.MAX_BITS) {
      return false;
    }
    long last = Double.doubleToRawLongBits(samples.values[n - 1]);
    long[] columns = head.table.hot(row);
    int base = SeriesTable.base(row);
    tally.countState(columns, base, last == StaleMarker.BITS, false);
    head.versions.beginWrite(row);
    int first = head.slab.allocate();
    int block = copyData(first, offset + 2, dataBytes);
    columns[base + SeriesTable.TAIL] =
        SeriesTable.tail(block, XorResume.bits(state), XorResume.window(state));
    int flags = flags(columns, base) & ~SeriesTable.FLAG_HISTOGRAM;
    columns[base + SeriesTable.HEAD] = SeriesTable.head(first, n, flags);
    columns[base + SeriesTable.CHUNK_MINT] = mint;
    columns[base + SeriesTable.NEXT_AT] = plannedEnd(times, n);
    columns[base + SeriesTable.LAST_T] = maxt;
    columns[base + SeriesTable.LAST_V] = last;
    columns[base + SeriesTable.DELTA] = n > 1 ? times[n - 1] - times[n - 2] : 0;
    head.versions.endWrite(row);
    return true;
  }

  /** Copies bytes to a sequence of blocks, and returns the last of them. */
  private int copyData(int first, int from, int count) {
    int block = first;
    for (int done = 0; done < count; done += ChunkSlab.BLOCK_BYTES) {
      if (done > 0) {
        int next = head.slab.allocate();
        head.slab.link(block, next);
        block = next;
      }
      int n = Math.min(ChunkSlab.BLOCK_BYTES, count - done);
      System.arraycopy(bytes, from + done, head.slab.page(block), ChunkSlab.offset(block), n);
    }
    return block;
  }

  /** When the chunk is to end, as it was worked out when a quarter of its samples was there. */
  private long plannedEnd(long[] times, int n) {
    long end = SampleWriter.rangeEnd(mint, head.options.chunkRangeMillis());
    int quarter = head.options.samplesPerChunk() / 4;
    return n > quarter && quarter > 0
        ? SampleWriter.chunkEnd(mint, times[quarter - 1], end, 4)
        : end;
  }

  private boolean openHistograms(int row) {
    HistogramChunkReader reader = HistogramChunkReader.of(encoding, bytes, offset, length);
    HistogramChunkEncoder<?> encoder = HistogramChunkEncoder.of(encoding);
    encoder.start(reader.header());
    while (reader.next()) {
      encoder.copy(reader);
    }
    if (encoder.count() == 0 || reader.timestampMillis() != maxt) {
      throw new DecodeException("chunk of histograms does not end at " + maxt + " as announced");
    }
    NativeHistogram last = reader.histogram();
    long[] columns = head.table.hot(row);
    int base = SeriesTable.base(row);
    tally.countState(columns, base, last.isStale(), true);
    head.versions.beginWrite(row);
    int number = head.openHistograms.add(encoder);
    OpenHistogram chunk = head.openHistograms.get(number);
    if (chunk != null) {
      chunk.buckets = last.isStale() ? 0 : last.buckets();
    }
    int flags =
        flags(columns, base) | SeriesTable.FLAG_HISTOGRAM | SeriesTable.FLAG_HISTOGRAM_CHUNK;
    columns[base + SeriesTable.TAIL] = (long) number << 32;
    columns[base + SeriesTable.HEAD] = SeriesTable.head(ChunkSlab.NONE, encoder.count(), flags);
    columns[base + SeriesTable.CHUNK_MINT] = mint;
    columns[base + SeriesTable.NEXT_AT] =
        SampleWriter.rangeEnd(mint, head.options.chunkRangeMillis());
    columns[base + SeriesTable.LAST_T] = maxt;
    columns[base + SeriesTable.LAST_V] = Double.doubleToRawLongBits(last.sum());
    head.versions.endWrite(row);
    return true;
  }

  /** Adds the samples that are newer than those of the row, one by one. */
  private void append(int row) {
    long from = Math.max(head.table.hot(row, SeriesTable.LAST_T) + 1, head.minValidTime());
    if (encoding.isHistogram()) {
      HistogramChunkReader reader = HistogramChunkReader.of(encoding, bytes, offset, length);
      while (reader.next()) {
        if (reader.timestampMillis() >= from) {
          NativeHistogram h = reader.histogram();
          tally.countState(head.table.hot(row), SeriesTable.base(row), h.isStale(), true);
          head.histogramWriter.append(row, reader.timestampMillis(), h, reader.startMillis(), -1);
        }
      }
      return;
    }
    samples.clear();
    ChunkDecoder.decode(encoding, bytes, offset, length, from, Long.MAX_VALUE, samples);
    for (int i = 0; i < samples.size(); i++) {
      long value = Double.doubleToRawLongBits(samples.values[i]);
      boolean isStale = value == StaleMarker.BITS;
      tally.countState(head.table.hot(row), SeriesTable.base(row), isStale, false);
      long start = samples.startTimestamps == null ? 0 : samples.startTimestamps[i];
      head.writer.append(row, samples.timestamps[i], value, start, -1);
    }
  }

  private static int flags(long[] columns, int base) {
    return SeriesTable.flags(columns[base + SeriesTable.HEAD]);
  }
}
