package io.narthex.tsdb.chunk;

import io.narthex.tsdb.encoding.ByteWriter;

/**
 * What histogram chunks have around their samples: three header bytes, and in the encodings with
 * start times one after each sample. Without start times the header is the sample count (2 bytes)
 * and the {@link CounterResetHeader} in a byte of its own; with them the two bits of the latter
 * stand before 14 bits of the former, and the third byte is that of {@link StartTimeBits}.
 */
final class HistogramFraming {
  static final int HEADER_BYTES = 3;
  private static final int ST_COUNT_MASK = 0x3FFF;

  private final boolean withStarts;
  private int startHeader;
  private long start;
  private long distance;

  HistogramFraming(boolean withStarts) {
    this.withStarts = withStarts;
  }

  /** Starts a new chunk. */
  void reset(BitOutput out) {
    out.reset(HEADER_BYTES);
    startHeader = 0;
    start = 0;
    distance = 0;
  }

  /**
   * Ends a sample whose own bits were written last.
   *
   * @param index of the sample, from 0
   * @param t its time
   * @param before the time of the sample before
   * @param startMillis since when it counts, 0 where not known
   */
  void endSample(
      BitOutput out, CounterResetHeader reset, int index, long t, long before, long startMillis) {
    ByteWriter bytes = out.bytes();
    int count = index + 1;
    if (count > limit(withStarts)) {
      throw new IllegalStateException("BUG: histogram chunk of " + count + " samples");
    }
    if (!withStarts) {
      bytes.u16At(0, count);
      bytes.array()[2] = (byte) reset.flags();
      return;
    }
    startHeader = StartTimeBits.header(startHeader, index, startMillis, start);
    long newDistance = (index == 0 ? t : before) - startMillis;
    out.startTime(startHeader, index, newDistance, distance);
    start = startMillis;
    distance = newDistance;
    bytes.u16At(0, reset.flags() << 8 | count);
    bytes.array()[2] = (byte) startHeader;
  }

  /** How many samples a chunk can have. */
  static int limit(boolean withStarts) {
    return withStarts ? ST_COUNT_MASK : 0xFFFF;
  }

  /** How many samples a chunk says it has. */
  static int count(boolean withStarts, byte[] data, int offset) {
    int first = (data[offset] & 0xFF) << 8 | (data[offset + 1] & 0xFF);
    return withStarts ? first & ST_COUNT_MASK : first;
  }

  static CounterResetHeader counterReset(boolean withStarts, byte[] data, int offset) {
    return CounterResetHeader.of(data[withStarts ? offset : offset + 2]);
  }
}
