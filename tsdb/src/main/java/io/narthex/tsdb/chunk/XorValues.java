package io.narthex.tsdb.chunk;

import io.narthex.tsdb.encoding.DecodeException;
import java.util.Arrays;

/** The floats of a histogram chunk, each with a window of its own. Rules at {@link XorBits}. */
final class XorValues {
  private final long[] bits;
  private final short[] windows;

  XorValues(int size) {
    bits = new long[size];
    windows = new short[size];
    forget();
  }

  int size() {
    return bits.length;
  }

  /** Starts again. */
  void forget() {
    Arrays.fill(windows, XorBits.NO_WINDOW);
  }

  double value(int i) {
    return Double.longBitsToDouble(bits[i]);
  }

  /** The values from one position on. */
  double[] values(int from, int length) {
    double[] values = new double[length];
    for (int i = 0; i < length; i++) {
      values[i] = value(from + i);
    }
    return values;
  }

  void readFirst(BitReader in, int i) {
    bits[i] = in.bits(64);
  }

  void read(BitReader in, int i) {
    if (in.bits(1) == 0) {
      return;
    }
    if (in.bits(1) == 1) {
      int leading = (int) in.bits(5);
      int significant = (int) in.bits(6);
      int trailing = 64 - leading - (significant == 0 ? 64 : significant);
      if (trailing < 0) {
        throw new DecodeException("histogram chunk: impossible bit window");
      }
      windows[i] = (short) (leading << 8 | trailing);
    } else if (windows[i] == XorBits.NO_WINDOW) {
      windows[i] = 0;
    }
    int trailing = windows[i] & 0xFF;
    bits[i] ^= in.bits(64 - (windows[i] >> 8) - trailing) << trailing;
  }

  void writeFirst(BitOutput out, int i, double value) {
    bits[i] = Double.doubleToRawLongBits(value);
    out.put(bits[i], 64);
  }

  void write(BitOutput out, int i, double value) {
    long next = Double.doubleToRawLongBits(value);
    long xor = next ^ bits[i];
    bits[i] = next;
    if (xor == 0) {
      out.put(0, 1);
      return;
    }
    short after = XorBits.window(xor, windows[i]);
    int leading = after >> 8;
    int trailing = after & 0xFF;
    int significant = 64 - leading - trailing;
    if (after == windows[i]) {
      out.put(0b10, 2);
    } else {
      out.put(0b11L << 11 | (long) leading << 6 | (significant & 0x3F), 13);
    }
    out.put(xor >>> trailing, significant);
    windows[i] = after;
  }
}
