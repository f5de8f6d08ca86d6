package io.narthex.tsdb.chunk;

/** Writes bits, most significant first, at a bit position of a byte array. */
final class BitWriter {
  private static final int[] VARBIT_WIDTHS = {3, 6, 9, 12, 18, 25, 56};

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

  /** A signed varbit integer: as many ones as its width's place tells, a zero, the bits. */
  static long varbit(byte[] to, long bitPosition, long value) {
    if (value == 0) {
      return put(to, bitPosition, 0, 1);
    }
    for (int i = 0; i < VARBIT_WIDTHS.length; i++) {
      long half = 1L << (VARBIT_WIDTHS[i] - 1);
      if (value > -half && value <= half) {
        return prefixed(to, bitPosition, i, value);
      }
    }
    return put(to, put(to, bitPosition, 0xFF, 8), value, 64);
  }

  /** An unsigned varbit integer. */
  static long unsignedVarbit(byte[] to, long bitPosition, long value) {
    if (value == 0) {
      return put(to, bitPosition, 0, 1);
    }
    for (int i = 0; i < VARBIT_WIDTHS.length; i++) {
      if (value >>> VARBIT_WIDTHS[i] == 0) {
        return prefixed(to, bitPosition, i, value);
      }
    }
    return put(to, put(to, bitPosition, 0xFF, 8), value, 64);
  }

  private static long prefixed(byte[] to, long bitPosition, int place, long value) {
    long at = put(to, bitPosition, (1L << (place + 2)) - 2, place + 2);
    return put(to, at, value, VARBIT_WIDTHS[place]);
  }

  /** An unsigned LEB128 integer, its bytes at any bit position. */
  static long uvarint(byte[] to, long bitPosition, long value) {
    long at = bitPosition;
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      at = put(to, at, (rest & 0x7F) | 0x80, 8);
      rest >>>= 7;
    }
    return put(to, at, rest, 8);
  }

  /** A signed LEB128 integer, zig-zag, its bytes at any bit position. */
  static long varint(byte[] to, long bitPosition, long value) {
    return uvarint(to, bitPosition, (value << 1) ^ (value >> 63));
  }

  private static long mask(int bits) {
    return (1L << bits) - 1;
  }
}
