package io.narthex.tsdb.index;

/** Numbers of the index format. */
final class IndexFormat {
  static final int MAGIC = 0xBAAAD700;
  static final int HEADER_BYTES = 5;
  static final int V1 = 1;
  static final int V2 = 2;
  static final int V3 = 3;

  /** Series start at multiples of this; their numbers count in it, except in version 1. */
  static final int SERIES_ALIGNMENT = 16;

  static final int POSTINGS_ALIGNMENT = 4;

  /** Six section offsets and a checksum. */
  static final int TOC_BYTES = 6 * 8 + 4;

  private IndexFormat() {}
}
