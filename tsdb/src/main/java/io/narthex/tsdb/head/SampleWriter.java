package io.narthex.tsdb.head;

import io.narthex.storage.StorageException;
import io.narthex.tsdb.chunk.ChunkEncoding;
import io.narthex.tsdb.chunk.HeadChunkFiles;
import java.util.Arrays;

/**
 * Adds samples to rows, and moves full chunks to the head chunk files. Runs under the commit lock.
 *
 * <p>Chunks end where Prometheus ends them: when a quarter of the wanted samples is there, the rest
 * of the block range is divided so that chunks fill it evenly; at the latest at twice the wanted
 * number, at 1 KiB, and at the end of the block range.
 */
final class SampleWriter {
  private final SeriesTable table;
  private final RowVersions versions;
  private final ChunkSlab slab;
  private final OpenChunks open;
  private final FullChunks full;
  private final HeadChunkFiles files;
  private final HeadMetrics metrics;
  private final long chunkRange;
  private final int samplesPerChunk;
  private byte[] scratch = new byte[1024];

  SampleWriter(
      SeriesTable table,
      RowVersions versions,
      ChunkSlab slab,
      FullChunks full,
      HeadChunkFiles files,
      HeadOptions options,
      HeadMetrics metrics) {
    this.table = table;
    this.versions = versions;
    this.slab = slab;
    this.open = new OpenChunks(slab);
    this.full = full;
    this.files = files;
    this.metrics = metrics;
    this.chunkRange = options.chunkRangeMillis();
    this.samplesPerChunk = options.samplesPerChunk();
  }

  /**
   * Adds a float sample that is newer than all others of the row.
   *
   * @param position where the isolation log has it
   */
  void append(int row, long t, long valueBits, long position) {
    long[] columns = table.hot(row);
    int base = SeriesTable.base(row);
    if (mustCut(columns, base, t)) {
      cut(row);
    }
    versions.beginWrite(row);
    try {
      if (SeriesTable.count(columns[base + SeriesTable.HEAD]) == 0) {
        open.start(columns, base, t, valueBits);
        columns[base + SeriesTable.NEXT_AT] = rangeEnd(t, chunkRange);
        metrics.chunkCreated();
      } else {
        open.add(columns, base, t, valueBits);
      }
      columns[base + SeriesTable.HEAD] &= ~(long) SeriesTable.FLAG_HISTOGRAM;
      columns[base + SeriesTable.LOG] = position;
    } finally {
      versions.endWrite(row);
    }
  }

  /** Ends an open chunk of floats before a histogram. */
  void closeFloats(int row) {
    if (SeriesTable.count(table.hot(row, SeriesTable.HEAD)) > 0 && !cut(row)) {
      throw new StorageException("cannot end a chunk of floats before a histogram sample");
    }
  }

  /** Notes a histogram sample that {@link HistogramSamples} has. */
  void appendedHistogram(int row, long t, double sum, long position) {
    long[] columns = table.hot(row);
    int base = SeriesTable.base(row);
    versions.beginWrite(row);
    columns[base + SeriesTable.LAST_T] = t;
    columns[base + SeriesTable.LAST_V] = Double.doubleToRawLongBits(sum);
    columns[base + SeriesTable.LOG] = position;
    columns[base + SeriesTable.HEAD] |=
        SeriesTable.FLAG_HISTOGRAM | SeriesTable.FLAG_HAS_HISTOGRAMS;
    versions.endWrite(row);
  }

  /** Whether the open chunk must end before a sample of that time. */
  private boolean mustCut(long[] columns, int base, long t) {
    int count = SeriesTable.count(columns[base + SeriesTable.HEAD]);
    if (count == 0) {
      return false;
    }
    if (SeriesTable.bitPosition(columns[base + SeriesTable.TAIL])
        > OpenChunks.MAX_BITS_BEFORE_APPEND) {
      return true;
    }
    long nextAt = columns[base + SeriesTable.NEXT_AT];
    if (count == samplesPerChunk / 4) {
      nextAt =
          chunkEnd(
              columns[base + SeriesTable.CHUNK_MINT], columns[base + SeriesTable.LAST_T], nextAt);
      columns[base + SeriesTable.NEXT_AT] = nextAt;
    }
    return t >= nextAt || count >= 2 * samplesPerChunk;
  }

  /**
   * Moves the open chunk to the head chunk files. Where that fails the chunk stays open and the
   * next append tries again; only a chunk that cannot grow any more makes the append fail.
   */
  boolean cut(int row) {
    long[] columns = table.hot(row);
    int base = SeriesTable.base(row);
    long head = columns[base + SeriesTable.HEAD];
    int bits = SeriesTable.bitPosition(columns[base + SeriesTable.TAIL]);
    long list;
    try {
      int length = copyChunk(SeriesTable.block(head), SeriesTable.count(head), bits);
      long mint = columns[base + SeriesTable.CHUNK_MINT];
      long maxt = columns[base + SeriesTable.LAST_T];
      long chunkRef =
          files.append(table.ref(row), mint, maxt, ChunkEncoding.XOR, false, scratch, 0, length);
      list = full.add(table.fullChunks(row), mint, maxt, chunkRef, ChunkEncoding.XOR);
      if (list == -1) {
        throw new StorageException("series has too many chunks in the head");
      }
    } catch (StorageException e) {
      metrics.chunkWriteFailed();
      if (bits > OpenChunks.MAX_BITS) {
        throw e;
      }
      return false;
    }
    versions.beginWrite(row);
    table.fullChunks(row, list);
    slab.free(SeriesTable.block(head));
    columns[base + SeriesTable.HEAD] = SeriesTable.head(ChunkSlab.NONE, 0, SeriesTable.flags(head));
    columns[base + SeriesTable.TAIL] = (long) ChunkSlab.NONE << 32;
    versions.endWrite(row);
    metrics.chunkMapped();
    return true;
  }

  /** Drops the open chunk; the caller has taken the row's version. */
  void dropOpen(int row) {
    long[] columns = table.hot(row);
    int base = SeriesTable.base(row);
    long head = columns[base + SeriesTable.HEAD];
    slab.free(SeriesTable.block(head));
    columns[base + SeriesTable.HEAD] = SeriesTable.head(ChunkSlab.NONE, 0, SeriesTable.flags(head));
    columns[base + SeriesTable.TAIL] = (long) ChunkSlab.NONE << 32;
  }

  private int copyChunk(int block, int count, int bits) {
    int length = 2 + OpenChunks.bytes(bits);
    if (scratch.length < length) {
      scratch = Arrays.copyOf(scratch, length);
    }
    scratch[0] = (byte) (count >>> 8);
    scratch[1] = (byte) count;
    if (!slab.copy(block, length - 2, scratch, 2)) {
      throw new IllegalStateException("BUG: open chunk is not whole");
    }
    return length;
  }

  /** End of the block range that a time is in. */
  static long rangeEnd(long t, long width) {
    return t / width * width + width;
  }

  /** When a chunk that is a quarter full should end. */
  private static long chunkEnd(long start, long current, long max) {
    double n = (double) (max - start) / ((double) (current - start + 1) * 4);
    if (n <= 1) {
      return max;
    }
    return (long) (start + (max - start) / Math.floor(n));
  }
}
