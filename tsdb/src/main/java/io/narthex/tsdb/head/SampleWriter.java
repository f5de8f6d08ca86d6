package io.narthex.tsdb.head;

import io.narthex.storage.StorageException;
import io.narthex.tsdb.chunk.ChunkEncoding;
import io.narthex.tsdb.chunk.HeadChunkFiles;
import io.narthex.tsdb.chunk.HistogramChunkEncoder;
import io.narthex.tsdb.encoding.ByteWriter;
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
  private final OpenHistograms histograms;
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
      OpenHistograms histograms,
      FullChunks full,
      HeadChunkFiles files,
      HeadOptions options,
      HeadMetrics metrics) {
    this.table = table;
    this.versions = versions;
    this.slab = slab;
    this.open = new OpenChunks(slab);
    this.histograms = histograms;
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
    if ((columns[base + SeriesTable.HEAD] & SeriesTable.FLAG_HISTOGRAM_CHUNK) != 0) {
      if (!cut(row)) {
        throw new StorageException("cannot end a chunk of histograms before a float sample");
      }
    } else if (mustCut(columns, base, t)) {
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
              columns[base + SeriesTable.CHUNK_MINT],
              columns[base + SeriesTable.LAST_T],
              nextAt,
              4);
      columns[base + SeriesTable.NEXT_AT] = nextAt;
    }
    return t >= nextAt || count >= 2 * samplesPerChunk;
  }

  /**
   * Moves the open chunk to the head chunk files.
   *
   * @return false where that failed: the chunk stays open and the next append tries again
   * @throws StorageException where it failed and a chunk of floats cannot grow any more
   */
  boolean cut(int row) {
    long list = store(row);
    if (list == -1) {
      return false;
    }
    versions.beginWrite(row);
    table.fullChunks(row, list);
    dropOpen(row);
    versions.endWrite(row);
    metrics.chunkMapped();
    return true;
  }

  /**
   * Writes the open chunk to the head chunk files; the row is not changed.
   *
   * @return the row's list of full chunks with it, -1 where it could not be written
   * @throws StorageException as {@link #cut}
   */
  long store(int row) {
    long[] columns = table.hot(row);
    int base = SeriesTable.base(row);
    long head = columns[base + SeriesTable.HEAD];
    long tail = columns[base + SeriesTable.TAIL];
    boolean isHistogram = (head & SeriesTable.FLAG_HISTOGRAM_CHUNK) != 0;
    try {
      return isHistogram
          ? store(row, histograms.get(SeriesTable.block(tail)).encoder)
          : storeFloats(row, head, SeriesTable.bitPosition(tail));
    } catch (StorageException e) {
      metrics.chunkWriteFailed();
      if (!isHistogram && SeriesTable.bitPosition(tail) > OpenChunks.MAX_BITS) {
        throw e;
      }
      return -1;
    }
  }

  private long storeFloats(int row, long head, int bits) {
    int length = copyChunk(SeriesTable.block(head), SeriesTable.count(head), bits);
    return store(row, ChunkEncoding.XOR, scratch, length);
  }

  private long store(int row, HistogramChunkEncoder<?> encoder) {
    ByteWriter chunk = encoder.chunk();
    return store(row, encoder.encoding(), chunk.array(), chunk.length());
  }

  private long store(int row, ChunkEncoding encoding, byte[] data, int length) {
    long mint = table.hot(row, SeriesTable.CHUNK_MINT);
    long maxt = table.hot(row, SeriesTable.LAST_T);
    long chunkRef = files.append(table.ref(row), mint, maxt, encoding, false, data, 0, length);
    long list = full.add(table.fullChunks(row), mint, maxt, chunkRef, encoding);
    if (list == -1) {
      throw new StorageException("series has too many chunks in the head");
    }
    return list;
  }

  /** Drops the open chunk; the caller has taken the row's version. */
  void dropOpen(int row) {
    long[] columns = table.hot(row);
    int base = SeriesTable.base(row);
    long head = columns[base + SeriesTable.HEAD];
    if ((head & SeriesTable.FLAG_HISTOGRAM_CHUNK) != 0) {
      histograms.remove(SeriesTable.block(columns[base + SeriesTable.TAIL]));
    } else {
      slab.free(SeriesTable.block(head));
    }
    int flags = SeriesTable.flags(head) & ~SeriesTable.FLAG_HISTOGRAM_CHUNK;
    columns[base + SeriesTable.HEAD] = SeriesTable.head(ChunkSlab.NONE, 0, flags);
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

  /**
   * When a chunk should end that has a part of the wanted size.
   *
   * @param ratioToFull the wanted size by the size that it has
   */
  static long chunkEnd(long start, long current, long max, double ratioToFull) {
    double n = (double) (max - start) / ((double) (current - start + 1) * ratioToFull);
    if (n <= 1) {
      return max;
    }
    return (long) (start + (max - start) / Math.floor(n));
  }
}
