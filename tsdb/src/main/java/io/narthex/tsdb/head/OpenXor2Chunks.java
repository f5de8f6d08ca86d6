package io.narthex.tsdb.head;

import io.narthex.model.value.StaleMarker;
import io.narthex.storage.SampleBuffer;
import io.narthex.tsdb.chunk.StartTimeBits;
import io.narthex.tsdb.chunk.Xor2Bits;
import io.narthex.tsdb.chunk.Xor2Decoder;
import io.narthex.tsdb.chunk.XorBits;
import java.util.Arrays;

/**
 * Encodes samples of open XOR2 chunks. The row's columns have the state of the encoder, but for
 * start times, which few rows have ({@link RowStarts}), and for the last value before a staleness
 * marker: a series that comes back finds that in its chunk.
 */
final class OpenXor2Chunks {
  private final SeriesTable table;
  private final ChunkSlab slab;
  private final RowStarts starts;
  private final SampleBuffer decoded = new SampleBuffer();
  private byte[] chunk = new byte[512];

  OpenXor2Chunks(SeriesTable table, ChunkSlab slab, RowStarts starts) {
    this.table = table;
    this.slab = slab;
    this.starts = starts;
  }

  /** Writes the first sample of a chunk. */
  long first(byte[] to, long position, int row, long t, long valueBits, long start) {
    return start(to, XorBits.first(to, position, t, valueBits), row, 0, t, start);
  }

  /** Writes a later sample; leaves the new window in TAIL and the new delta in DELTA. */
  long later(byte[] to, long position, int row, long t, long valueBits, long start) {
    long[] columns = table.hot(row);
    int base = SeriesTable.base(row);
    long head = columns[base + SeriesTable.HEAD];
    int index = SeriesTable.count(head);
    long tail = columns[base + SeriesTable.TAIL];
    boolean stale = valueBits == StaleMarker.BITS;
    short before = SeriesTable.window(tail);
    short after = before;
    long xor = 0;
    if (!stale) {
      xor = valueBits ^ baseline(row, columns, base);
      after = XorBits.window(xor, before);
    }
    long delta = t - columns[base + SeriesTable.LAST_T];
    long at;
    if (index == 1) {
      at = XorBits.secondTime(to, position, delta);
      at = Xor2Bits.value(to, at, stale, xor, before, after);
    } else {
      long change = delta - columns[base + SeriesTable.DELTA];
      at = Xor2Bits.later(to, position, change, stale, xor, before, after);
    }
    at = start(to, at, row, index, t, start);
    columns[base + SeriesTable.DELTA] = delta;
    columns[base + SeriesTable.TAIL] = (tail & ~0xFFFFL) | (after & 0xFFFFL);
    return at;
  }

  /** Writes the start time where it takes bits. LAST_T and DELTA are those before the sample. */
  private long start(byte[] to, long position, int row, int index, long t, long start) {
    long[] columns = table.hot(row);
    int base = SeriesTable.base(row);
    boolean known = (columns[base + SeriesTable.HEAD] & SeriesTable.FLAG_STARTS) != 0;
    long startBefore = known ? starts.start(row) : 0;
    int header = StartTimeBits.header(known ? starts.header(row) : 0, index, start, startBefore);
    if (header == 0) {
      return position;
    }
    columns[base + SeriesTable.HEAD] |= SeriesTable.FLAG_STARTS;
    starts.set(row, header, start);
    long last = columns[base + SeriesTable.LAST_T];
    long distance = (index == 0 ? t : last) - start;
    long distanceBefore = last - columns[base + SeriesTable.DELTA] - startBefore;
    return StartTimeBits.put(to, position, header, index, distance, distanceBefore);
  }

  private long baseline(int row, long[] columns, int base) {
    long last = columns[base + SeriesTable.LAST_V];
    return last == StaleMarker.BITS ? lastBeforeStale(row, columns, base) : last;
  }

  private long lastBeforeStale(int row, long[] columns, int base) {
    long head = columns[base + SeriesTable.HEAD];
    int length = OpenChunks.bytes(SeriesTable.bitPosition(columns[base + SeriesTable.TAIL]));
    if (chunk.length < length) {
      chunk = Arrays.copyOf(chunk, length + 512);
    }
    if (!slab.copy(SeriesTable.block(head), length, chunk, 0)) {
      throw new IllegalStateException("BUG: open chunk is not whole");
    }
    int header = (head & SeriesTable.FLAG_STARTS) == 0 ? 0 : starts.header(row);
    decoded.clear();
    Xor2Decoder.decode(
        chunk, 0, length, SeriesTable.count(head), header, Long.MIN_VALUE, Long.MAX_VALUE, decoded);
    for (int i = decoded.size() - 1; i >= 0; i--) {
      if (!StaleMarker.is(decoded.values[i])) {
        return Double.doubleToRawLongBits(decoded.values[i]);
      }
    }
    return 0;
  }
}
