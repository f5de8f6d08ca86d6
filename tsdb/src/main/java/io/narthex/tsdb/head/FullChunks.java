package io.narthex.tsdb.head;

import io.narthex.tsdb.chunk.ChunkEncoding;
import java.util.Arrays;

/**
 * The lists of full chunks of all series, as few bytes in slab blocks.
 *
 * <p>A list is one long: first block (32 bits) | length in bytes (16) | number of chunks (16). An
 * entry is three varints, and a byte with the encoding: first time minus the last time of the entry
 * before, last minus first time, reference minus the reference before. Nearly always that is about
 * ten bytes for 120 samples.
 */
final class FullChunks {
  static final long EMPTY = (long) ChunkSlab.NONE << 32;

  /** Most chunks of one series; far more than fit a head, so more means damage. */
  static final int MAX_BYTES = 0xFFFF;

  private static final int MAX_ENTRY = 31;

  private final ChunkSlab slab;
  private final byte[] entry = new byte[MAX_ENTRY];
  private final Cursor cursor = new Cursor();

  FullChunks(ChunkSlab slab) {
    this.slab = slab;
  }

  static int firstBlock(long list) {
    return (int) (list >> 32);
  }

  static int length(long list) {
    return (int) list >>> 16;
  }

  static int count(long list) {
    return (int) list & 0xFFFF;
  }

  /**
   * Adds a chunk that starts after all others end.
   *
   * @return the changed list, or -1 where it is full
   */
  long add(long list, long mint, long maxt, long chunkRef, ChunkEncoding encoding) {
    cursor.reset(slab, list);
    while (cursor.next()) {
      // Only the last entry is wanted.
    }
    int n = varint(entry, 0, mint - cursor.maxt);
    n = uvarint(entry, n, maxt - mint);
    n = varint(entry, n, chunkRef - cursor.chunkRef);
    entry[n++] = (byte) encoding.code();
    int length = length(list);
    if (length + n > MAX_BYTES) {
      return -1;
    }
    int first = firstBlock(list);
    int last = first;
    for (int skip = (length - 1) / ChunkSlab.BLOCK_BYTES; length > 0 && skip > 0; skip--) {
      last = slab.next(last);
    }
    int position = length;
    for (int i = 0; i < n; i++, position++) {
      if (position % ChunkSlab.BLOCK_BYTES == 0) {
        int block = slab.allocate();
        if (position == 0) {
          first = block;
        } else {
          slab.link(last, block);
        }
        last = block;
      }
      slab.page(last)[ChunkSlab.offset(last) + position % ChunkSlab.BLOCK_BYTES] = entry[i];
    }
    return (long) first << 32 | (long) position << 16 | (count(list) + 1);
  }

  /** Adds the entry that a cursor stands at. */
  long copyEntry(long list, Cursor from) {
    return add(list, from.mint, from.maxt, from.chunkRef, ChunkEncoding.of(from.encoding));
  }

  /** Gives the list's memory back. */
  void free(long list) {
    if (length(list) > 0) {
      slab.free(firstBlock(list));
    }
  }

  /** Walks a list: a copy of its bytes, so that it may change meanwhile. */
  static final class Cursor {
    long mint;
    long maxt;
    long chunkRef;
    int encoding;

    private byte[] bytes = new byte[ChunkSlab.BLOCK_BYTES];
    private int length;
    private int at;

    /**
     * Starts at a list. Under a race the copy may be useless: the caller checks the row's version
     * before the first {@link #next}.
     *
     * @return false where the list is certainly not whole
     */
    boolean reset(ChunkSlab slab, long list) {
      length = FullChunks.length(list);
      at = 0;
      mint = 0;
      maxt = 0;
      chunkRef = 0;
      encoding = 0;
      if (bytes.length < length) {
        bytes = Arrays.copyOf(bytes, Math.max(length, 2 * bytes.length));
      }
      return slab.copy(firstBlock(list), length, bytes, 0);
    }

    boolean next() {
      if (at >= length) {
        return false;
      }
      mint = maxt + varint();
      maxt = mint + uvarint();
      chunkRef += varint();
      encoding = bytes[at++];
      return true;
    }

    private long varint() {
      long zigZag = uvarint();
      return (zigZag >>> 1) ^ -(zigZag & 1);
    }

    private long uvarint() {
      long value = 0;
      for (int shift = 0; ; shift += 7) {
        byte b = bytes[at++];
        value |= (long) (b & 0x7F) << shift;
        if (b >= 0) {
          return value;
        }
      }
    }
  }

  private static int varint(byte[] to, int at, long value) {
    return uvarint(to, at, (value << 1) ^ (value >> 63));
  }

  private static int uvarint(byte[] to, int start, long value) {
    int at = start;
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      to[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    to[at++] = (byte) rest;
    return at;
  }
}
