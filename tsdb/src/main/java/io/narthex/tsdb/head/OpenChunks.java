package io.narthex.tsdb.head;

import io.narthex.tsdb.chunk.ChunkEncoding;
import io.narthex.tsdb.chunk.Xor2Bits;
import io.narthex.tsdb.chunk.XorBits;

/**
 * Writes samples to open chunks of floats in slab blocks. Blocks hold the samples' bits without the
 * header in front. Called under the commit lock, with the row's version taken.
 */
final class OpenChunks {
  /** A chunk with more bytes, header included, takes no further sample, as in Prometheus. */
  private static final int MAX_BYTES_BEFORE_APPEND = 1024 - 19;

  private static final int MAX_XOR_CHUNK_BITS =
      (MAX_BYTES_BEFORE_APPEND - XorBits.HEADER_BYTES) * 8;
  private static final int MAX_XOR2_CHUNK_BITS =
      (MAX_BYTES_BEFORE_APPEND - Xor2Bits.HEADER_BYTES) * 8;

  /** No chunk may grow beyond this, the limit of the row's position. */
  static final int MAX_BITS = 65_000;

  private static final int MAX_XOR_BITS = XorBits.MAX_SAMPLE_BYTES * 8;
  private static final int MAX_XOR2_BITS = Xor2Bits.MAX_SAMPLE_BYTES * 8;

  private final ChunkSlab slab;
  private final OpenXor2Chunks xor2;
  private final byte[] scratch = new byte[Xor2Bits.MAX_SAMPLE_BYTES + 1];

  OpenChunks(SeriesTable table, ChunkSlab slab, RowStarts starts) {
    this.slab = slab;
    this.xor2 = new OpenXor2Chunks(table, slab, starts);
  }

  /**
   * Starts a chunk with its first sample.
   *
   * @param columns the row's, at {@code base}; of chunks it has no flags
   * @param encoding {@link ChunkEncoding#XOR}, which drops the start time, or {@link
   *     ChunkEncoding#XOR2}
   */
  void start(
      long[] columns,
      int base,
      int row,
      ChunkEncoding encoding,
      long t,
      long valueBits,
      long start) {
    int block = slab.allocate();
    byte[] page = slab.page(block);
    long origin = ChunkSlab.offset(block) * 8L;
    boolean isXor2 = encoding == ChunkEncoding.XOR2;
    if (isXor2) {
      columns[base + SeriesTable.HEAD] |= SeriesTable.FLAG_XOR2;
    }
    long end =
        isXor2
            ? xor2.first(page, origin, row, t, valueBits, start)
            : XorBits.first(page, origin, t, valueBits);
    int bits = (int) (end - origin);
    columns[base + SeriesTable.TAIL] = SeriesTable.tail(block, bits, XorBits.NO_WINDOW);
    int flags = SeriesTable.flags(columns[base + SeriesTable.HEAD]);
    columns[base + SeriesTable.HEAD] = SeriesTable.head(block, 1, flags);
    columns[base + SeriesTable.CHUNK_MINT] = t;
    columns[base + SeriesTable.LAST_T] = t;
    columns[base + SeriesTable.LAST_V] = valueBits;
    columns[base + SeriesTable.DELTA] = 0;
  }

  /** Adds a later sample to a chunk. */
  void add(long[] columns, int base, int row, long t, long valueBits, long start) {
    boolean isXor2 = (columns[base + SeriesTable.HEAD] & SeriesTable.FLAG_XOR2) != 0;
    long tail = columns[base + SeriesTable.TAIL];
    int block = SeriesTable.block(tail);
    int bits = SeriesTable.bitPosition(tail);
    int inBlock = bits & (ChunkSlab.BLOCK_BITS - 1);
    if (inBlock == 0) {
      block = append(block);
    }
    int bitsBefore = bits;
    if (inBlock + (isXor2 ? MAX_XOR2_BITS : MAX_XOR_BITS) <= ChunkSlab.BLOCK_BITS) {
      long origin = ChunkSlab.offset(block) * 8L + inBlock;
      byte[] page = slab.page(block);
      long end =
          isXor2
              ? xor2.later(page, origin, row, t, valueBits, start)
              : write(page, origin, columns, base, t, valueBits);
      bits += (int) (end - origin);
    } else {
      scratch[0] = slab.page(block)[ChunkSlab.offset(block) + (inBlock >> 3)];
      int partial = inBlock & 7;
      long end =
          isXor2
              ? xor2.later(scratch, partial, row, t, valueBits, start)
              : write(scratch, partial, columns, base, t, valueBits);
      bits += (int) end - partial;
      block = copyScratch(block, inBlock >> 3, ((partial + bits - bitsBefore) + 7) >> 3);
    }
    columns[base + SeriesTable.TAIL] =
        SeriesTable.tail(block, bits, SeriesTable.window(columns[base + SeriesTable.TAIL]));
    columns[base + SeriesTable.HEAD] += 1 << 16;
    columns[base + SeriesTable.LAST_T] = t;
    columns[base + SeriesTable.LAST_V] = valueBits;
  }

  /**
   * Writes the sample's bits to an XOR chunk; leaves the new window in TAIL and the new delta in
   * DELTA.
   */
  private static long write(
      byte[] to, long position, long[] columns, int base, long t, long valueBits) {
    long delta = t - columns[base + SeriesTable.LAST_T];
    long at =
        SeriesTable.count(columns[base + SeriesTable.HEAD]) == 1
            ? XorBits.secondTime(to, position, delta)
            : XorBits.laterTime(to, position, delta - columns[base + SeriesTable.DELTA]);
    columns[base + SeriesTable.DELTA] = delta;
    long xor = valueBits ^ columns[base + SeriesTable.LAST_V];
    if (xor == 0) {
      return XorBits.value(to, at, 0, XorBits.NO_WINDOW, XorBits.NO_WINDOW);
    }
    long tail = columns[base + SeriesTable.TAIL];
    short before = SeriesTable.window(tail);
    short after = XorBits.window(xor, before);
    columns[base + SeriesTable.TAIL] = (tail & ~0xFFFFL) | (after & 0xFFFFL);
    return XorBits.value(to, at, xor, before, after);
  }

  /** Whether a chunk of so many bits must end before its next sample. */
  static boolean isFull(long head, int bits) {
    boolean isXor2 = (head & SeriesTable.FLAG_XOR2) != 0;
    return bits > (isXor2 ? MAX_XOR2_CHUNK_BITS : MAX_XOR_CHUNK_BITS);
  }

  private int append(int block) {
    int added = slab.allocate();
    slab.link(block, added);
    return added;
  }

  /** Copies scratch bytes to a block from a byte on, and what is too much to a new block. */
  private int copyScratch(int block, int from, int length) {
    int here = Math.min(length, ChunkSlab.BLOCK_BYTES - from);
    System.arraycopy(scratch, 0, slab.page(block), ChunkSlab.offset(block) + from, here);
    if (here == length) {
      return block;
    }
    int added = append(block);
    System.arraycopy(scratch, here, slab.page(added), ChunkSlab.offset(added), length - here);
    return added;
  }

  static int bytes(int bits) {
    return (bits + 7) >>> 3;
  }
}
