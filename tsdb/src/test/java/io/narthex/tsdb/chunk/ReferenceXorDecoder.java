package io.narthex.tsdb.chunk;

import java.util.ArrayList;
import java.util.List;

/** The format's rules bit by bit: the plain twin of {@link XorDecoder}. */
final class ReferenceXorDecoder {
  record Sample(long t, long valueBits) {}

  private final byte[] bytes;
  private long position = 16;

  private ReferenceXorDecoder(byte[] bytes) {
    this.bytes = bytes;
  }

  static List<Sample> decode(byte[] chunk) {
    return new ReferenceXorDecoder(chunk).all();
  }

  private List<Sample> all() {
    int count = (bytes[0] & 0xFF) << 8 | (bytes[1] & 0xFF);
    List<Sample> samples = new ArrayList<>();
    long t = 0;
    long delta = 0;
    long value = 0;
    int leading = 0;
    int trailing = 0;
    for (int i = 0; i < count; i++) {
      if (i == 0) {
        long raw = uvarint();
        t = (raw >>> 1) ^ -(raw & 1);
        value = bits(64);
      } else {
        if (i == 1) {
          delta = uvarint();
        } else {
          delta += deltaOfDelta();
        }
        t += delta;
        if (bits(1) == 1) {
          if (bits(1) == 1) {
            leading = (int) bits(5);
            int significant = (int) bits(6);
            trailing = 64 - leading - (significant == 0 ? 64 : significant);
          }
          value ^= bits(64 - leading - trailing) << trailing;
        }
      }
      samples.add(new Sample(t, value));
    }
    return samples;
  }

  private long deltaOfDelta() {
    int[] widths = {0, 14, 17, 20, 64};
    int ones = 0;
    while (ones < 4 && bits(1) == 1) {
      ones++;
    }
    int width = widths[ones];
    long raw = bits(width);
    return width > 0 && width < 64 && raw > 1L << (width - 1) ? raw - (1L << width) : raw;
  }

  private long uvarint() {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      long b = bits(8);
      value |= (b & 0x7F) << shift;
      if (b < 0x80) {
        return value;
      }
    }
  }

  private long bits(int count) {
    long value = 0;
    for (int i = 0; i < count; i++) {
      int bit = bytes[(int) (position >>> 3)] >>> (7 - (position & 7)) & 1;
      value = value << 1 | bit;
      position++;
    }
    return value;
  }
}
