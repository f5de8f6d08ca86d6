package io.narthex.tsdb.chunk;

/**
 * The bit rules of XOR2 chunks, without state, as {@link XorBits} has those of XOR chunks; windows
 * are as there.
 *
 * <p>Layout: sample count (2 bytes), start time header (1 byte, {@link StartTimeBits}); t0 as
 * varint, v0 in 64 bits; t1-t0 as uvarint, v1 as {@link #value}; then per sample {@link #later},
 * time and value with common control bits. A start time follows its sample.
 *
 * <p>Staleness markers have control bits of their own, and values are compared with the last that
 * is no such marker: the <em>baseline</em>, 0.0 before the first.
 */
public final class Xor2Bits {
  /** Bytes before the first sample: the sample count and the start time header. */
  public static final int HEADER_BYTES = 3;

  /** No sample takes more bytes than this, whatever the bit position it starts at. */
  public static final int MAX_SAMPLE_BYTES = 30;

  private Xor2Bits() {}

  /**
   * Writes the second sample's value.
   *
   * @param xor its bits, exclusive-or those of the baseline
   * @param before the window before it
   * @param after {@link XorBits#window} of both, or {@code before} where it is stale
   */
  public static long value(
      byte[] to, long bitPosition, boolean stale, long xor, short before, short after) {
    if (stale) {
      return BitWriter.put(to, bitPosition, 0b111, 3);
    }
    if (xor == 0) {
      return BitWriter.put(to, bitPosition, 0, 1);
    }
    if (after == before) {
      return bits(to, BitWriter.put(to, bitPosition, 0b10, 2), xor, after);
    }
    return bits(to, BitWriter.put(to, bitPosition, 0b110L << 11 | fields(after), 14), xor, after);
  }

  /**
   * Writes a sample after the second.
   *
   * @param deltaOfDelta the difference between its time delta and the one before
   * @param xor as of {@link #value}, like the windows
   */
  public static long later(
      byte[] to,
      long bitPosition,
      long deltaOfDelta,
      boolean stale,
      long xor,
      short before,
      short after) {
    if (deltaOfDelta != 0) {
      return value(to, time(to, bitPosition, deltaOfDelta), stale, xor, before, after);
    }
    if (stale) {
      return BitWriter.put(to, bitPosition, 0b11111, 5);
    }
    if (xor == 0) {
      return BitWriter.put(to, bitPosition, 0, 1);
    }
    if (after == before) {
      return bits(to, BitWriter.put(to, bitPosition, 0b100, 3), xor, after);
    }
    return bits(to, BitWriter.put(to, bitPosition, 0b101L << 11 | fields(after), 14), xor, after);
  }

  private static long time(byte[] to, long bitPosition, long deltaOfDelta) {
    if (deltaOfDelta == deltaOfDelta << 51 >> 51) {
      return BitWriter.put(to, bitPosition, 0b110L << 13 | (deltaOfDelta & 0x1FFF), 16);
    }
    if (deltaOfDelta == deltaOfDelta << 44 >> 44) {
      return BitWriter.put(to, bitPosition, 0b1110L << 20 | (deltaOfDelta & 0xFFFFF), 24);
    }
    return BitWriter.put(to, BitWriter.put(to, bitPosition, 0b11110, 5), deltaOfDelta, 64);
  }

  /** A new window: leading zeros in 5 bits, significant bits in 6, of which 64 are written as 0. */
  private static long fields(short window) {
    int leading = window >> 8;
    return (long) leading << 6 | (64 - leading - (window & 0xFF)) & 0x3F;
  }

  private static long bits(byte[] to, long bitPosition, long xor, short window) {
    int trailing = window & 0xFF;
    return BitWriter.put(to, bitPosition, xor >>> trailing, 64 - (window >> 8) - trailing);
  }
}
