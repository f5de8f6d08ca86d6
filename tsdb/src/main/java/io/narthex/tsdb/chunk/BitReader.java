package io.narthex.tsdb.chunk;

import io.narthex.tsdb.encoding.DecodeException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Reads bits of a chunk one item after the other; for encodings whose items vary in kind. */
final class BitReader {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** A fetch may run so far over the end before that is noticed. */
  private static final int SLACK_BYTES = 24;

  private static final int[] VARBIT_WIDTHS = {0, 3, 6, 9, 12, 18, 25, 56, 64};

  private final byte[] bytes;
  private final int end;
  private int position;

  /** Over a part of an array, which is copied. */
  BitReader(byte[] from, int offset, int length) {
    bytes = Arrays.copyOfRange(from, offset, offset + length + SLACK_BYTES);
    end = 8 * length;
  }

  int remaining() {
    return end - position;
  }

  /** The next so many bits, up to 64, as an unsigned number. */
  long bits(int count) {
    if (count == 0) {
      return 0;
    }
    int at = position >>> 3;
    int shift = position & 7;
    position += count;
    if (position > end) {
      throw new DecodeException("chunk ends " + (position - end) + " bits too early");
    }
    long word = (long) LONG.get(bytes, at) << shift | (bytes[at + 8] & 0xFF) >>> (8 - shift);
    return word >>> (64 - count);
  }

  /** A signed varbit integer. */
  long varbit() {
    int width = varbitWidth();
    long raw = bits(width);
    // The upper half of the range stands for negative numbers.
    return width > 0 && width < 64 && raw > 1L << (width - 1) ? raw - (1L << width) : raw;
  }

  /** An unsigned varbit integer. */
  long unsignedVarbit() {
    return bits(varbitWidth());
  }

  /** A signed LEB128 integer. */
  long varint() {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      long next = bits(8);
      value |= (next & 0x7F) << shift;
      if (next < 0x80) {
        return BitFetch.unZigZag(value);
      }
    }
    throw new DecodeException("malformed varint");
  }

  /** A number of things of which each takes at least a bit. */
  int count() {
    long n = unsignedVarbit();
    if (n < 0 || n > remaining()) {
      throw new DecodeException(
          "chunk announces " + Long.toUnsignedString(n) + " items in " + remaining() + " bits");
    }
    return (int) n;
  }

  private int varbitWidth() {
    int ones = 0;
    while (ones < 8 && bits(1) == 1) {
      ones++;
    }
    return VARBIT_WIDTHS[ones];
  }
}
