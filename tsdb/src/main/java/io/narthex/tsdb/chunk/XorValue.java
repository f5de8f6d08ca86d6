package io.narthex.tsdb.chunk;

import io.narthex.tsdb.encoding.DecodeException;

/**
 * One of the floats of a histogram chunk, each with a window of its own. Rules at {@link XorBits}.
 */
final class XorValue {
  private long bits;
  private int leading;
  private int trailing;
  private short window = XorBits.NO_WINDOW;

  double value() {
    return Double.longBitsToDouble(bits);
  }

  void readFirst(BitReader in) {
    bits = in.bits(64);
  }

  void read(BitReader in) {
    if (in.bits(1) == 0) {
      return;
    }
    if (in.bits(1) == 1) {
      leading = (int) in.bits(5);
      int significant = (int) in.bits(6);
      trailing = 64 - leading - (significant == 0 ? 64 : significant);
      if (trailing < 0) {
        throw new DecodeException("histogram chunk: impossible bit window");
      }
    }
    bits ^= in.bits(64 - leading - trailing) << trailing;
  }

  void writeFirst(BitOutput out, double value) {
    bits = Double.doubleToRawLongBits(value);
    out.put(bits, 64);
  }

  void write(BitOutput out, double value) {
    long next = Double.doubleToRawLongBits(value);
    long xor = next ^ bits;
    bits = next;
    if (xor == 0) {
      out.put(0, 1);
      return;
    }
    short after = XorBits.window(xor, window);
    int lead = after >> 8;
    int trail = after & 0xFF;
    int significant = 64 - lead - trail;
    if (after == window) {
      out.put(0b10, 2);
    } else {
      out.put(0b11L << 11 | (long) lead << 6 | (significant & 0x3F), 13);
    }
    out.put(xor >>> trail, significant);
    window = after;
  }
}
