package io.narthex.tsdb.chunk;

/**
 * The bit rules of XOR chunks, without state: the caller keeps the last sample, the last time
 * delta, the window and the bit position, in fields ({@link XorEncoder}) or in columns (the head).
 *
 * <p>Layout: sample count (2 bytes); t0 as varint, v0 in 64 bits; t1-t0 as uvarint, v1 as xor; then
 * per sample the delta of the time delta, and the xor of the value with the one before.
 *
 * <p>A window is the run of bits in which consecutive values differ: leading zeros in the upper,
 * trailing zeros in the lower byte of a short; {@link #NO_WINDOW} before the first.
 */
public final class XorBits {
  /** Bytes before the first sample: the sample count. */
  public static final int HEADER_BYTES = 2;

  /** No sample takes more bytes than this, whatever the bit position it starts at. */
  public static final int MAX_SAMPLE_BYTES = 20;

  public static final short NO_WINDOW = -1;

  private static final int MAX_LEADING = 31;

  private XorBits() {}

  /**
   * Writes the first sample.
   *
   * @return the bit position after it
   */
  public static long first(byte[] to, long bitPosition, long timestampMillis, long valueBits) {
    return BitWriter.put(to, BitWriter.varint(to, bitPosition, timestampMillis), valueBits, 64);
  }

  /** Writes the second sample's time. */
  public static long secondTime(byte[] to, long bitPosition, long delta) {
    return BitWriter.uvarint(to, bitPosition, delta);
  }

  /** Writes a later sample's time: the difference between its delta and the delta before. */
  public static long laterTime(byte[] to, long bitPosition, long deltaOfDelta) {
    if (deltaOfDelta == 0) {
      return BitWriter.put(to, bitPosition, 0, 1);
    }
    if (fits(deltaOfDelta, 14)) {
      return BitWriter.put(to, bitPosition, 0b10L << 14 | (deltaOfDelta & 0x3FFF), 16);
    }
    if (fits(deltaOfDelta, 17)) {
      return BitWriter.put(to, bitPosition, 0b110L << 17 | (deltaOfDelta & 0x1FFFF), 20);
    }
    if (fits(deltaOfDelta, 20)) {
      return BitWriter.put(to, bitPosition, 0b1110L << 20 | (deltaOfDelta & 0xFFFFF), 24);
    }
    return BitWriter.put(to, BitWriter.put(to, bitPosition, 0b1111, 4), deltaOfDelta, 64);
  }

  /** How many bits {@link #laterTime} writes. */
  static int timeBits(long deltaOfDelta) {
    if (deltaOfDelta == 0) {
      return 1;
    }
    if (fits(deltaOfDelta, 14)) {
      return 16;
    }
    if (fits(deltaOfDelta, 17)) {
      return 20;
    }
    return fits(deltaOfDelta, 20) ? 24 : 68;
  }

  /**
   * The window after a value whose bits differ from those before by {@code xor}: the old one where
   * the difference lies within it.
   */
  public static short window(long xor, short window) {
    if (xor == 0) {
      return window;
    }
    int leading = Math.min(MAX_LEADING, Long.numberOfLeadingZeros(xor));
    int trailing = Long.numberOfTrailingZeros(xor);
    if (window != NO_WINDOW && leading >= (window >> 8) && trailing >= (window & 0xFF)) {
      return window;
    }
    return (short) (leading << 8 | trailing);
  }

  /**
   * Writes a value.
   *
   * @param xor its bits, exclusive-or those of the value before
   * @param before the window before it
   * @param after {@link #window(long, short)} of both
   */
  public static long value(byte[] to, long bitPosition, long xor, short before, short after) {
    if (xor == 0) {
      return BitWriter.put(to, bitPosition, 0, 1);
    }
    int leading = after >> 8;
    int trailing = after & 0xFF;
    int significant = 64 - leading - trailing;
    long at;
    if (after == before) {
      at = BitWriter.put(to, bitPosition, 0b10, 2);
    } else {
      // 64 significant bits do not fit the 6 bits of the length and are written as 0.
      at =
          BitWriter.put(
              to, bitPosition, 0b11L << 11 | (long) leading << 6 | (significant & 0x3F), 13);
    }
    return BitWriter.put(to, at, xor >>> trailing, significant);
  }

  private static boolean fits(long value, int bits) {
    long half = 1L << (bits - 1);
    return value > -half && value <= half;
  }
}
