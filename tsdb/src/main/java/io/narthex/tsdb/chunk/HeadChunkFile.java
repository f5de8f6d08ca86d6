package io.narthex.tsdb.chunk;

import io.narthex.tsdb.encoding.ByteReader;
import io.narthex.tsdb.encoding.ByteWriter;
import io.narthex.tsdb.encoding.Crc32c;
import io.narthex.tsdb.encoding.DecodeException;
import io.narthex.tsdb.encoding.MappedFile;
import java.nio.file.Path;

/**
 * One file of {@code chunks_head}: header (magic 4 bytes, version 1, 3 zero bytes), then chunks:
 * series reference 8, mint 8, maxt 8, encoding 1 (top bit: out of order), length uvarint, data,
 * CRC-32C 4 over all before. Zeros where a chunk would start end the file.
 */
final class HeadChunkFile {
  static final int MAGIC = 0x0130BC91;
  static final int VERSION = 1;
  static final int HEADER_BYTES = 8;
  static final int OUT_OF_ORDER = 0x80;

  /** Series reference and times. */
  static final int FIXED_BYTES = 24;

  /** Chunks are smaller, but nothing forbids larger ones. */
  private static final int LARGE_BYTES = 1 << 20;

  /** So many zeros are looked at; the rest of a file is mostly a hole of many megabytes. */
  private static final int ZEROS_BYTES = 1 << 16;

  /** All of a chunk but its data, at most. */
  static final int META_BYTES = FIXED_BYTES + 1 + 5 + 4;

  final int number;
  final MappedFile mapped;

  /**
   * Up to where there are chunks. Behind it, a file that is being written has a hole, which is cut
   * off at the end: whoever reads there then finds no memory.
   */
  private volatile long end;

  /** Time of the oldest sample, as far as its chunks were visited or appended. */
  private volatile long mint = Long.MAX_VALUE;

  /**
   * @param end up to where it is written
   */
  HeadChunkFile(int number, MappedFile mapped, long end) {
    this.number = number;
    this.mapped = mapped;
    this.end = end;
  }

  void end(long bytes) {
    end = bytes;
  }

  long mint() {
    return mint;
  }

  /** Knows of a chunk; one thread at a time. */
  void note(long chunkMint) {
    mint = Math.min(mint, chunkMint);
  }

  static long ref(int number, long offset) {
    return (long) number << 32 | offset;
  }

  static Path path(Path folder, int number) {
    String digits = Integer.toString(number);
    return folder.resolve("0".repeat(Math.max(0, 6 - digits.length())) + digits);
  }

  static void header(ByteWriter out) {
    out.u32(MAGIC);
    out.u8(VERSION);
    out.u8(0);
    out.u16(0);
  }

  static void chunk(
      ByteWriter out,
      long seriesRef,
      long mint,
      long maxt,
      int encoding,
      byte[] data,
      int offset,
      int length) {
    int start = out.length();
    out.u64(seriesRef);
    out.u64(mint);
    out.u64(maxt);
    out.u8(encoding);
    out.uvarint(length);
    out.bytes(data, offset, length);
    out.u32(Crc32c.of(out.array(), start, out.length() - start));
  }

  void checkHeader() {
    if (mapped.size() < HEADER_BYTES) {
      throw mapped.corrupted(0, "header of 8 bytes expected, file has " + mapped.size());
    }
    if (mapped.u32(0) != MAGIC) {
      throw mapped.corrupted(
          0, "magic number 130bc91 expected, found " + Integer.toHexString(mapped.u32(0)));
    }
    if (mapped.u8(4) != VERSION) {
      throw mapped.corrupted(4, "version 1 expected, found " + mapped.u8(4));
    }
  }

  /** Visits the chunks up to the end of the written part, and returns where that is. */
  long visit(long end, HeadChunkFiles.ChunkVisitor visitor) {
    byte[] scratch = new byte[4096];
    ByteReader reader = new ByteReader();
    long at = HEADER_BYTES;
    while (at < end) {
      if (end - at < META_BYTES) {
        checkZeros(at, end);
        break;
      }
      mapped.copy(at, scratch, 0, META_BYTES);
      reader.reset(scratch, 0, META_BYTES);
      long seriesRef = reader.u64();
      long chunkMint = reader.u64();
      long maxt = reader.u64();
      if (seriesRef == 0 && chunkMint == 0 && maxt == 0) {
        checkEnd(at, Math.min(end, at + ZEROS_BYTES));
        break;
      }
      int encoding = reader.u8();
      int length = dataLength(reader, at, end);
      int checked = reader.consumed() + length;
      if (scratch.length < checked + 4) {
        checkLength(at, checked);
        scratch = new byte[2 * (checked + 4)];
      }
      mapped.copy(at, scratch, 0, checked + 4);
      checkSum(scratch, checked, at);
      ChunkEncoding known = encodingOf(encoding, at);
      note(chunkMint);
      visitor.chunk(
          seriesRef,
          ref(number, at),
          chunkMint,
          maxt,
          length < 2 ? 0 : ChunkDecoder.count(known, scratch, checked - length),
          known,
          (encoding & OUT_OF_ORDER) != 0);
      at += checked + 4;
    }
    return at;
  }

  /** Reads a chunk whose bytes start at an offset; its data replace the writer's content. */
  ChunkEncoding read(long at, ByteWriter into) {
    into.clear();
    into.reserve(512);
    long limit = end;
    int have = mapped.copyUpTo(at, into.array(), (int) Math.max(0, Math.min(512, limit - at)));
    ByteReader reader = new ByteReader().reset(into.array(), 0, have);
    if (have < META_BYTES) {
      throw mapped.corrupted(at, "file ends within a chunk, of which it has " + have + " bytes");
    }
    reader.skip(FIXED_BYTES);
    int encoding = reader.u8();
    int length = dataLength(reader, at, limit);
    int header = reader.consumed();
    int checked = header + length;
    checkLength(at, checked);
    into.reserve(checked + 4);
    byte[] bytes = into.array();
    if (checked + 4 > have) {
      mapped.copy(at, bytes, 0, checked + 4);
    }
    checkSum(bytes, checked, at);
    System.arraycopy(bytes, header, bytes, 0, length);
    into.length(length);
    return encodingOf(encoding, at);
  }

  /** Before memory is taken for a chunk that is large only where its length is damaged. */
  private void checkLength(long at, int checked) {
    if (checked > LARGE_BYTES) {
      mapped.checkCrc32c(at, checked, "chunk");
    }
  }

  private int dataLength(ByteReader reader, long at, long end) {
    long length = uvarint(reader, at);
    long left = end - at - reader.consumed() - 4;
    if (length < 0 || length > left) {
      throw mapped.corrupted(
          at, "chunk of " + length + " bytes expected, " + left + " left in the file");
    }
    return (int) length;
  }

  private long uvarint(ByteReader reader, long at) {
    try {
      return reader.uvarint();
    } catch (DecodeException e) {
      throw mapped.corrupted(at, "chunk length: " + e.getMessage());
    }
  }

  private ChunkEncoding encodingOf(int code, long at) {
    int plain = code & ~OUT_OF_ORDER;
    if (plain == 0 || plain >= ChunkEncoding.values().length) {
      throw mapped.corrupted(at, "invalid chunk encoding " + plain);
    }
    return ChunkEncoding.of(plain);
  }

  private void checkSum(byte[] chunk, int length, long at) {
    int actual = Crc32c.of(chunk, 0, length);
    int expected = new ByteReader().reset(chunk, length, 4).u32();
    if (actual != expected) {
      throw mapped.corrupted(
          at,
          "checksum mismatch expected:"
              + Integer.toHexString(expected)
              + ", actual:"
              + Integer.toHexString(actual));
    }
  }

  /** Nothing is written behind the end: else a chunk or more has been zeroed. */
  private void checkEnd(long from, long end) {
    for (long i = from; i < end; i++) {
      if (mapped.u8(i) != 0) {
        throw mapped.corrupted(from, "chunk expected, zeros found and more behind them");
      }
    }
  }

  private void checkZeros(long from, long end) {
    for (long i = from; i < end; i++) {
      if (mapped.u8(i) != 0) {
        throw mapped.corrupted(
            from,
            "file ends within a chunk: "
                + META_BYTES
                + " bytes expected, "
                + (end - from)
                + " left");
      }
    }
  }
}
