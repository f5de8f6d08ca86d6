package io.narthex.tsdb.wal;

import io.airlift.compress.v3.MalformedInputException;
import io.airlift.compress.v3.snappy.SnappyJavaDecompressor;
import io.airlift.compress.v3.zstd.ZstdJavaDecompressor;
import io.narthex.tsdb.encoding.ByteWriter;
import io.narthex.tsdb.encoding.Crc32c;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads the records of a range of segments in order.
 *
 * <p>Use: {@code while (reader.next()) use(reader.record(), reader.offset(), reader.length())}. A
 * segment that ends within a page is read as if zeros filled the page.
 */
public final class WalReader implements AutoCloseable {
  private static final int MAX_RECORD_BYTES = 1 << 30;

  private final Path folder;
  private final List<Integer> segments;
  private final WalPosition from;
  private final WalPosition to;
  private final SnappyJavaDecompressor snappy = new SnappyJavaDecompressor();
  private final ZstdJavaDecompressor zstd = new ZstdJavaDecompressor();

  /** Fragments of a record that is spread over pages. */
  private final ByteWriter assembled = new ByteWriter(Page.BYTES);

  private final ByteWriter decompressed = new ByteWriter(Page.BYTES);

  private SegmentPages pages = SegmentPages.NONE;
  private int index = -1;
  private long recordStart;

  /** Where a page of the current segment stops being used, though there is room; -1 for nowhere. */
  private long unusedFrom = -1;

  private byte[] record = new byte[0];
  private int offset;
  private int length;

  private WalReader(Path folder, List<Integer> segments, WalPosition from, WalPosition to) {
    this.folder = folder;
    this.segments = segments;
    this.from = from;
    this.to = to;
  }

  /** The segments {@code first} to {@code last}, both included, of a log or a checkpoint. */
  public static WalReader open(Path folder, int first, int last) {
    return between(folder, new WalPosition(first, 0), new WalPosition(last, Long.MAX_VALUE));
  }

  /** What stands between two records; segments that do not exist are left out. */
  public static WalReader between(Path folder, WalPosition from, WalPosition to) {
    List<Integer> chosen =
        WalSegments.list(folder).stream()
            .filter(n -> n >= from.segment() && n <= to.segment())
            .toList();
    return new WalReader(folder, chosen, from, to);
  }

  /** All segments of a log or a checkpoint. */
  public static WalReader openAll(Path folder) {
    return open(folder, 0, Integer.MAX_VALUE);
  }

  /**
   * Goes to the next record.
   *
   * @return false after the last
   * @throws WalCorruptionException where a record is torn or damaged
   */
  public boolean next() {
    while (true) {
      if (index >= 0 && nextInSegment()) {
        return true;
      }
      if (index + 1 >= segments.size()) {
        return false;
      }
      pages.close();
      unusedFrom = -1;
      index++;
      int segment = segments.get(index);
      long start = segment == from.segment() ? from.offset() : 0;
      long end = segment == to.segment() ? to.offset() : Long.MAX_VALUE;
      pages = SegmentPages.open(WalSegments.file(folder, segment), start, end);
    }
  }

  private boolean nextInSegment() {
    assembled.clear();
    int fragments = 0;
    while (pages.hasMore()) {
      if (fragments == 0) {
        recordStart = pages.position();
      }
      int left = pages.leftInPage();
      int header = pages.u8();
      int kind = header & Page.KIND_MASK;
      if (kind == Page.EMPTY) {
        skipEmpty(left);
        continue;
      }
      checkNothingUnused();
      int size = fragment();
      checkOrder(kind, fragments);
      if (kind == Page.FULL) {
        finish(header, pages.page(), pages.dataOffset(), size);
        return true;
      }
      assembled.bytes(pages.page(), pages.dataOffset(), size);
      if (kind == Page.LAST) {
        finish(header, assembled.array(), 0, assembled.length());
        return true;
      }
      fragments++;
    }
    if (fragments > 0) {
      throw damaged("last record is torn");
    }
    return false;
  }

  private void skipEmpty(int left) {
    if (left >= Page.HEADER_BYTES && unusedFrom < 0) {
      unusedFrom = recordStart;
    }
    if (!pages.skipZeros()) {
      throw damaged("unexpected non-zero byte in padded page");
    }
  }

  /** Writers leave room only at the end of a segment: what was there has been zeroed. */
  private void checkNothingUnused() {
    if (unusedFrom >= 0) {
      recordStart = unusedFrom;
      throw damaged("page is empty, though others follow");
    }
  }

  /** Reads and checks one fragment, and returns its length. */
  private int fragment() {
    if (pages.leftInPage() < Page.HEADER_BYTES - 1) {
      throw damaged("fragment header crosses the page end");
    }
    int size = pages.u16();
    int expected = pages.u32();
    if (size > Page.BYTES - Page.HEADER_BYTES) {
      throw damaged("invalid record size " + size);
    }
    if (size > pages.leftInPage()) {
      throw damaged(
          "fragment of " + size + " bytes crosses the page end, " + pages.leftInPage() + " left");
    }
    int actual = Crc32c.of(pages.page(), pages.take(size), size);
    if (actual != expected) {
      throw damaged(
          "unexpected checksum "
              + Integer.toHexString(actual)
              + ", expected "
              + Integer.toHexString(expected));
    }
    return size;
  }

  private void checkOrder(int kind, int fragments) {
    boolean starts = kind == Page.FULL || kind == Page.FIRST;
    if (kind > Page.LAST || starts != (fragments == 0)) {
      throw damaged(
          kind > Page.LAST
              ? "unexpected record type " + kind
              : "unexpected " + Page.kindName(kind) + " record");
    }
  }

  private void finish(int header, byte[] bytes, int from, int size) {
    if ((header & (Page.SNAPPY | Page.ZSTD)) == 0 || size == 0) {
      record = bytes;
      offset = from;
      length = size;
      return;
    }
    try {
      length =
          (header & Page.SNAPPY) != 0
              ? unpackSnappy(bytes, from, size)
              : unpackZstd(bytes, from, size);
    } catch (MalformedInputException | IndexOutOfBoundsException | IllegalArgumentException e) {
      throw damaged("record cannot be decompressed: " + e.getMessage());
    }
    record = decompressed.array();
    offset = 0;
  }

  private int unpackSnappy(byte[] bytes, int from, int size) {
    int target = room(snappy.getUncompressedLength(bytes, from));
    return snappy.decompress(bytes, from, size, decompressed.array(), 0, target);
  }

  private int unpackZstd(byte[] bytes, int from, int size) {
    long announced = zstd.getDecompressedSize(bytes, from, size);
    // A frame may come without its size: try with ever more room.
    for (long target = announced >= 0 ? announced : 4L * size; ; target *= 4) {
      int room = room(target);
      try {
        return zstd.decompress(bytes, from, size, decompressed.array(), 0, room);
      } catch (MalformedInputException e) {
        if (announced >= 0 || target * 4 > MAX_RECORD_BYTES) {
          throw e;
        }
      }
    }
  }

  private int room(long bytes) {
    if (bytes < 0 || bytes > MAX_RECORD_BYTES) {
      throw damaged("record of " + bytes + " bytes");
    }
    decompressed.clear();
    decompressed.reserve((int) bytes);
    return decompressed.array().length;
  }

  private WalCorruptionException damaged(String problem) {
    return new WalCorruptionException(pages.path(), segment(), recordStart, problem);
  }

  /** The array with the current record; valid until {@link #next}. */
  public byte[] record() {
    return record;
  }

  /** Where in {@link #record} it starts. */
  public int offset() {
    return offset;
  }

  public int length() {
    return length;
  }

  /** The number of the segment that the current record is in. */
  public int segment() {
    return index < 0 ? -1 : segments.get(index);
  }

  /** The current record's byte offset in its segment. */
  public long recordStart() {
    return recordStart;
  }

  /** Says that the current record, though intact as bytes, does not make sense. */
  public WalCorruptionException corrupted(String problem) {
    return damaged(problem);
  }

  /** The same of a record before. */
  WalCorruptionException corruptedAt(int segment, long position, String problem) {
    return new WalCorruptionException(
        WalSegments.file(folder, segment), segment, position, problem);
  }

  @Override
  public void close() {
    pages.close();
  }
}
