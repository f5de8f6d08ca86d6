package io.narthex.tsdb.head;

import io.narthex.storage.StorageException;
import io.narthex.tsdb.chunk.ChunkEncoding;
import io.narthex.tsdb.chunk.HeadChunkFiles;
import io.narthex.tsdb.chunk.HistogramChunkEncoder;
import io.narthex.tsdb.chunk.Xor2Bits;
import io.narthex.tsdb.chunk.XorBits;
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
  private final RowStarts starts;
  private final OpenChunks open;
  private final OpenHistograms histograms;
  private final FullChunks full;
  private final HeadChunkFiles files;
  private final HeadMetrics metrics;
  private final long chunkRange;
  private final int samplesPerChunk;
  private byte[] scratch = new byte[1024];

  /** Of new chunks; changes with the configuration. */
  private volatile SampleFormat format;

  SampleWriter(Head head) {
    this.table = head.table;
    this.versions = head.versions;
    this.slab = head.slab;
    this.starts = head.starts;
    this.open = new OpenChunks(table, slab, starts);
    this.histograms = head.openHistograms;
    this.full = head.fullChunks;
    this.files = head.files;
    this.metrics = head.metrics;
    this.chunkRange = head.options.chunkRangeMillis();
    this.samplesPerChunk = head.options.samplesPerChunk();
    this.format = head.options.format();
  }

  SampleFormat format() {
    return format;
  }

  void format(SampleFormat next) {
    format = next;
  }

  /**
   * Adds a float sample that is newer than all others of the row.
   *
   * @param start since when it counts, 0 where not known; dropped where the chunk cannot keep it
   * @param position where the isolation log has it
   */
  void append(int row, long t, long valueBits, long start, long position) {
    SampleFormat current = format;
    long[] columns = table.hot(row);
    int base = SeriesTable.base(row);
    if ((columns[base + SeriesTable.HEAD] & SeriesTable.FLAG_HISTOGRAM_CHUNK) != 0) {
      if (!cut(row)) {
        throw new StorageException("cannot end a chunk of histograms before a float sample");
      }
    } else if (mustCut(columns, base, t)
        || (current.startsInLog()
            && isOfOtherEncoding(columns[base + SeriesTable.HEAD], current))) {
      cut(row);
    }
    versions.beginWrite(row);
    try {
      if (SeriesTable.count(columns[base + SeriesTable.HEAD]) == 0) {
        open.start(columns, base, row, current.chunks().floats(), t, valueBits, start);
        columns[base + SeriesTable.NEXT_AT] = rangeEnd(t, chunkRange);
        metrics.chunkCreated();
      } else {
        open.add(columns, base, row, t, valueBits, start);
      }
      columns[base + SeriesTable.HEAD] &= ~(long) SeriesTable.FLAG_HISTOGRAM;
      columns[base + SeriesTable.LOG] = position;
    } finally {
      versions.endWrite(row);
    }
  }

  /** Whether there is an open chunk of floats that is not encoded as new ones are. */
  private static boolean isOfOtherEncoding(long head, SampleFormat current) {
    boolean isXor2 = (head & SeriesTable.FLAG_XOR2) != 0;
    return SeriesTable.count(head) > 0
        && isXor2 != (current.chunks().floats() == ChunkEncoding.XOR2);
  }

  /** Whether the open chunk must end before a sample of that time. */
  private boolean mustCut(long[] columns, int base, long t) {
    long head = columns[base + SeriesTable.HEAD];
    int count = SeriesTable.count(head);
    if (count == 0) {
      return false;
    }
    if (OpenChunks.isFull(head, SeriesTable.bitPosition(columns[base + SeriesTable.TAIL]))) {
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
    boolean isXor2 = (head & SeriesTable.FLAG_XOR2) != 0;
    int headerBytes = isXor2 ? Xor2Bits.HEADER_BYTES : XorBits.HEADER_BYTES;
    int length = headerBytes + OpenChunks.bytes(bits);
    if (scratch.length < length) {
      scratch = Arrays.copyOf(scratch, length);
    }
    int count = SeriesTable.count(head);
    scratch[0] = (byte) (count >>> 8);
    scratch[1] = (byte) count;
    // The third byte is one of the chunk's bits in XOR chunks.
    scratch[2] = (byte) ((head & SeriesTable.FLAG_STARTS) == 0 ? 0 : starts.header(row));
    if (!slab.copy(SeriesTable.block(head), length - headerBytes, scratch, headerBytes)) {
      throw new IllegalStateException("BUG: open chunk is not whole");
    }
    return store(row, isXor2 ? ChunkEncoding.XOR2 : ChunkEncoding.XOR, scratch, length);
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
    int flags = SeriesTable.flags(head) & ~SeriesTable.FLAGS_OF_OPEN_CHUNK;
    columns[base + SeriesTable.HEAD] = SeriesTable.head(ChunkSlab.NONE, 0, flags);
    columns[base + SeriesTable.TAIL] = (long) ChunkSlab.NONE << 32;
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
