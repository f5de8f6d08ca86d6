package io.narthex.tsdb.head;

import io.narthex.storage.SampleBuffer;
import io.narthex.tsdb.chunk.HeadChunkFiles;
import io.narthex.tsdb.chunk.XorDecoder;
import java.util.Arrays;

/**
 * Reads rows while they may change: copies what belongs together, checks the row's version, then
 * decodes the copy. An instance belongs to one thread.
 */
final class RowReader {
  private final SeriesTable table;
  private final RowVersions versions;
  private final ChunkSlab slab;
  private final FullChunks.Cursor cursor = new FullChunks.Cursor();
  private byte[] bits = new byte[512];
  private int bitBytes;
  private long lastTime;
  private long lastValueBits;
  private long position;
  private long chunkMint;
  private long head;

  RowReader(SeriesTable table, RowVersions versions, ChunkSlab slab) {
    this.table = table;
    this.versions = versions;
    this.slab = slab;
  }

  /** Copies a row's state, and of its open chunk the bits if it overlaps the range. */
  void load(int row, long mint, long maxt) {
    while (true) {
      int version = versions.beginRead(row);
      long[] columns = table.hot(row);
      int base = SeriesTable.base(row);
      lastTime = columns[base + SeriesTable.LAST_T];
      lastValueBits = columns[base + SeriesTable.LAST_V];
      position = columns[base + SeriesTable.LOG];
      chunkMint = columns[base + SeriesTable.CHUNK_MINT];
      head = columns[base + SeriesTable.HEAD];
      boolean whole = cursor.reset(slab, table.fullChunks(row));
      bitBytes = 0;
      if (openChunkOverlaps(mint, maxt)) {
        int length = OpenChunks.bytes(SeriesTable.bitPosition(columns[base + SeriesTable.TAIL]));
        if (bits.length < length + 40) {
          bits = Arrays.copyOf(bits, length + 512);
        }
        whole &= slab.copy(SeriesTable.block(head), length, bits, 0);
        bitBytes = length;
      }
      if (versions.unchanged(row, version)) {
        if (!whole) {
          throw new IllegalStateException("BUG: chunks of row " + row + " are not whole");
        }
        return;
      }
    }
  }

  /** Whether a row has samples, visible or not, in a range. */
  boolean overlaps(int row, long mint, long maxt) {
    load(row, Long.MAX_VALUE, Long.MIN_VALUE);
    if (openChunkOverlaps(mint, maxt)) {
      return true;
    }
    while (cursor.next()) {
      if (cursor.mint <= maxt && cursor.maxt >= mint) {
        return true;
      }
    }
    return false;
  }

  /** Adds the float samples of a range that the view sees; {@link #load} with the range first. */
  void decode(HeadChunkFiles files, long mint, long maxt, SampleBuffer into) {
    while (cursor.next()) {
      if (cursor.mint <= maxt && cursor.maxt >= mint) {
        files.decode(cursor.chunkRef, mint, maxt, into);
      }
    }
    if (bitBytes > 0) {
      XorDecoder.decode(bits, 0, bitBytes, SeriesTable.count(head), mint, maxt, into);
    }
  }

  /** Position of the newest sample in the isolation log. */
  long position() {
    return position;
  }

  long lastTime() {
    return lastTime;
  }

  long lastValueBits() {
    return lastValueBits;
  }

  /** First time of the open chunk. */
  long chunkMint() {
    return chunkMint;
  }

  int openSamples() {
    return SeriesTable.count(head);
  }

  boolean hasFlag(int flag) {
    return (head & flag) != 0;
  }

  /** The full chunks of the row loaded last. */
  FullChunks.Cursor fullChunks() {
    return cursor;
  }

  /** Bits of the open chunk, {@link #openBytes} of them. */
  byte[] openBits() {
    return bits;
  }

  int openBytes() {
    return bitBytes;
  }

  private boolean openChunkOverlaps(long mint, long maxt) {
    return SeriesTable.count(head) > 0 && chunkMint <= maxt && lastTime >= mint;
  }
}
