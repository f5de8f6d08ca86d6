package io.narthex.tsdb.chunk;

import io.narthex.tsdb.encoding.DecodeException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Fetches bits at any position of a byte array, without state, for decoders that keep the position
 * in a register. Reads up to {@link #REACH_BYTES} from the position's byte on.
 */
final class BitFetch {
  /** So many bytes a fetch may touch. */
  static final int REACH_BYTES = 9;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** Widths of varbit integers by the number of leading ones, a byte each from the lowest. */
  private static final long VARBIT_WIDTHS = 0x38_19_12_0C_09_06_03_00L;

  /** So many leading ones stand for 64 bits, and no zero follows. */
  private static final int VARBIT_MAX_ONES = 8;

  private BitFetch() {}

  /** At least 57 bits from the position on, left-aligned; whatever follows them is zero. */
  static long atLeast57(byte[] b, int position) {
    return (long) LONG.get(b, position >>> 3) << (position & 7);
  }

  static long sixtyFour(byte[] b, int position) {
    int at = position >>> 3;
    int shift = position & 7;
    return (long) LONG.get(b, at) << shift | (b[at + 8] & 0xFF) >>> (8 - shift);
  }

  /** The low bits of a word as a number of which the upper half of the range is negative. */
  static long signed(long raw, int bits) {
    long below = (1L << (bits - 1)) - 1;
    return ((raw + below) & ((1L << bits) - 1)) - below;
  }

  /** How many bits the varbit integer takes that starts a word. */
  static int varbitLength(long word) {
    int ones = Long.numberOfLeadingZeros(~word);
    return ones < VARBIT_MAX_ONES ? ones + 1 + varbitWidth(ones) : VARBIT_MAX_ONES + 64;
  }

  /**
   * The signed varbit integer at a position.
   *
   * @param word {@link #atLeast57} of the position
   */
  static long varbit(long word, byte[] b, int position) {
    if (word >= 0) {
      return 0;
    }
    int ones = Long.numberOfLeadingZeros(~word);
    if (ones >= VARBIT_MAX_ONES) {
      return sixtyFour(b, position + VARBIT_MAX_ONES);
    }
    int width = varbitWidth(ones);
    long bits = width <= 25 ? word << (ones + 1) : sixtyFour(b, position + ones + 1);
    return signed(bits >>> (64 - width), width);
  }

  private static int varbitWidth(int ones) {
    return (int) (VARBIT_WIDTHS >>> (8 * ones)) & 0xFF;
  }

  /** An unsigned LEB128 integer that starts at any bit. */
  static long uvarint(byte[] b, int position, int endBit) {
    long value = 0;
    int at = position;
    for (int shift = 0; shift < 70 && at < endBit; shift += 7, at += 8) {
      long next = atLeast57(b, at) >>> 56;
      value |= (next & 0x7F) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new DecodeException("XOR chunk: malformed varint");
  }

  /** How many bits such an integer takes. */
  static int uvarintLength(byte[] b, int position) {
    int at = position;
    while (atLeast57(b, at) < 0) {
      at += 8;
    }
    return at + 8 - position;
  }

  /** The signed integer that zig-zag has made an unsigned one. */
  static long unZigZag(long value) {
    return (value >>> 1) ^ -(value & 1);
  }
}
