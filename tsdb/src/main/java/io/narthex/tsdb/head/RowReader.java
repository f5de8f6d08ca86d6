package io.narthex.tsdb.head;

import io.narthex.model.histogram.NativeHistogram;
import io.narthex.storage.SampleBuffer;
import io.narthex.tsdb.chunk.ChunkDecoder;
import io.narthex.tsdb.chunk.ChunkEncoding;
import io.narthex.tsdb.chunk.HeadChunkFiles;
import io.narthex.tsdb.chunk.HistogramChunkReader;
import io.narthex.tsdb.chunk.Xor2Decoder;
import io.narthex.tsdb.chunk.XorDecoder;
import io.narthex.tsdb.encoding.ByteWriter;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads rows while they may change: copies what belongs together, checks the row's version, then
 * decodes the copy. An instance belongs to one thread.
 */
final class RowReader {
  private static final int FIRST_BYTES = 512;

  private final SeriesTable table;
  private final RowVersions versions;
  private final ChunkSlab slab;
  private final OpenHistograms histograms;
  private final RowStarts starts;
  private final FullChunks.Cursor cursor = new FullChunks.Cursor();
  private final ByteWriter chunk = new ByteWriter(FIRST_BYTES);
  private byte[] bits = new byte[FIRST_BYTES];
  private int bitBytes;
  private ChunkEncoding openEncoding = ChunkEncoding.XOR;
  private long lastTime;
  private long lastValueBits;
  private long position;
  private long chunkMint;
  private long head;
  private int startHeader;

  RowReader(Head head) {
    this.table = head.table;
    this.versions = head.versions;
    this.slab = head.slab;
    this.histograms = head.openHistograms;
    this.starts = head.starts;
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
        long tail = columns[base + SeriesTable.TAIL];
        whole &=
            hasFlag(SeriesTable.FLAG_HISTOGRAM_CHUNK) ? copyHistograms(tail) : copyBits(row, tail);
      }
      if (versions.unchanged(row, version)) {
        if (!whole) {
          throw new IllegalStateException("BUG: chunks of row " + row + " are not whole");
        }
        return;
      }
    }
  }

  private boolean copyBits(int row, long tail) {
    openEncoding = hasFlag(SeriesTable.FLAG_XOR2) ? ChunkEncoding.XOR2 : ChunkEncoding.XOR;
    startHeader = hasFlag(SeriesTable.FLAG_STARTS) ? starts.header(row) : 0;
    bitBytes = OpenChunks.bytes(SeriesTable.bitPosition(tail));
    reserve(bitBytes);
    return slab.copy(SeriesTable.block(head), bitBytes, bits, 0);
  }

  private boolean copyHistograms(long tail) {
    OpenHistogram open = histograms.get(SeriesTable.block(tail));
    if (open == null) {
      return false;
    }
    openEncoding = open.encoder.encoding();
    byte[] data = open.encoder.chunk().array();
    bitBytes = Math.min(data.length, open.encoder.sizeBytes());
    reserve(bitBytes);
    System.arraycopy(data, 0, bits, 0, bitBytes);
    return true;
  }

  private void reserve(int length) {
    if (bits.length < length + 48) {
      bits = Arrays.copyOf(bits, length + 512);
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

  /** Adds the samples of a range that the view sees; {@link #load} with the range first. */
  void decode(HeadChunkFiles files, long mint, long maxt, SampleBuffer into) {
    while (cursor.next()) {
      if (cursor.mint <= maxt && cursor.maxt >= mint) {
        files.decode(cursor.chunkRef, chunk, mint, maxt, into);
      }
    }
    if (bitBytes == 0) {
      return;
    }
    int count = SeriesTable.count(head);
    switch (openEncoding) {
      case XOR -> {
        XorDecoder.decode(bits, 0, bitBytes, count, mint, maxt, into);
        into.countChunks(1);
      }
      case XOR2 -> {
        Xor2Decoder.decode(bits, 0, bitBytes, count, startHeader, mint, maxt, into);
        into.countChunks(1);
      }
      case NONE, HISTOGRAM, FLOAT_HISTOGRAM, HISTOGRAM_ST, FLOAT_HISTOGRAM_ST ->
          ChunkDecoder.decode(openEncoding, bits, 0, bitBytes, mint, maxt, into);
    }
  }

  /** The newest sample where it is a histogram; {@link #load} with its time first. */
  Optional<NativeHistogram> newestHistogram() {
    if (bitBytes == 0 || !openEncoding.isHistogram()) {
      return Optional.empty();
    }
    HistogramChunkReader reader = HistogramChunkReader.of(openEncoding, bits, 0, bitBytes);
    while (reader.next()) {
      // Only the last is wanted.
    }
    return Optional.of(reader.histogram());
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

  boolean hasFlag(int flag) {
    return (head & flag) != 0;
  }

  /** The full chunks of the row loaded last. */
  FullChunks.Cursor fullChunks() {
    return cursor;
  }

  /**
   * Replaces a buffer's content by the open chunk as complete chunk data.
   *
   * @return its encoding, {@link ChunkEncoding#NONE} where there is none in the range loaded
   */
  ChunkEncoding copyOpen(ByteWriter into) {
    if (bitBytes == 0) {
      return ChunkEncoding.NONE;
    }
    into.clear();
    if (!openEncoding.isHistogram()) {
      into.u16(SeriesTable.count(head));
    }
    if (openEncoding == ChunkEncoding.XOR2) {
      into.u8(startHeader);
    }
    into.bytes(bits, 0, bitBytes);
    return openEncoding;
  }

  private boolean openChunkOverlaps(long mint, long maxt) {
    return SeriesTable.count(head) > 0 && chunkMint <= maxt && lastTime >= mint;
  }
}
