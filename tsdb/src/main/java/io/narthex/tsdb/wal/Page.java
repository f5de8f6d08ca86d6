package io.narthex.tsdb.wal;

/**
 * The frame of the log: segments are pages of 32 KiB; a record is one or more fragments, none of
 * which crosses a page. Fragment header: kind and compression 1 byte, length 2, CRC-32C of the data
 * 4. A zero kind says that the rest of the page is empty.
 */
final class Page {
  static final int BYTES = 32 * 1024;
  static final int HEADER_BYTES = 7;

  static final int KIND_MASK = 7;
  static final int EMPTY = 0;
  static final int FULL = 1;
  static final int FIRST = 2;
  static final int MIDDLE = 3;
  static final int LAST = 4;

  static final int SNAPPY = 1 << 3;
  static final int ZSTD = 1 << 4;

  private Page() {}

  /** Bytes from a position in a segment to the end of its page. */
  static int left(long position) {
    return BYTES - (int) (position & (BYTES - 1));
  }

  static String kindName(int kind) {
    return switch (kind) {
      case EMPTY -> "zero";
      case FULL -> "full";
      case FIRST -> "first";
      case MIDDLE -> "middle";
      case LAST -> "last";
      default -> "<invalid>";
    };
  }
}
