package io.narthex.tsdb.chunk;

/** Writes bits, most significant first, at a bit position of a byte array. */
final class BitWriter {
  private BitWriter() {}

  /**
   * Writes the lowest {@code count} bits of a value. Whatever stands in the array from the position
   * on is overwritten, up to the end of the last byte touched, so that the array needs no clearing.
   *
   * @return the position after the bits
   */
  static long put(byte[] to, long bitPosition, long value, int count) {
    int index = (int) (bitPosition >>> 3);
    int used = (int) bitPosition & 7;
    int left = count;
    if (used != 0) {
      int free = 8 - used;
      int kept = to[index] & (0xFF << free);
      if (left <= free) {
        to[index] = (byte) (kept | ((int) (value & mask(left)) << (free - left)));
        return bitPosition + count;
      }
      left -= free;
      to[index++] = (byte) (kept | (int) ((value >>> left) & mask(free)));
    }
    while (left >= 8) {
      left -= 8;
      to[index++] = (byte) (value >>> left);
    }
    if (left > 0) {
      to[index] = (byte) ((value & mask(left)) << (8 - left));
    }
    return bitPosition + count;
  }

  private static long mask(int bits) {
    return (1L << bits) - 1;
  }
}
