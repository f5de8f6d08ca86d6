package io.narthex.tsdb.chunk;

/**
 * Where the writing of an XOR chunk goes on whose samples are known: how many bits they take behind
 * the chunk's header, and the window that they leave (rules at {@link XorBits}). As one long: bits
 * (48) | window (16).
 */
public final class XorResume {
  private XorResume() {}

  /** The state behind the first {@code n} samples, at least one, as this program writes them. */
  public static long of(long[] times, double[] values, int n) {
    long bits = 8L * varintBytes((times[0] << 1) ^ (times[0] >> 63)) + 64;
    short window = XorBits.NO_WINDOW;
    long before = Double.doubleToRawLongBits(values[0]);
    long delta = 0;
    for (int i = 1; i < n; i++) {
      long newDelta = times[i] - times[i - 1];
      bits += i == 1 ? 8L * varintBytes(newDelta) : XorBits.timeBits(newDelta - delta);
      delta = newDelta;
      long value = Double.doubleToRawLongBits(values[i]);
      long xor = value ^ before;
      before = value;
      if (xor == 0) {
        bits++;
        continue;
      }
      short after = XorBits.window(xor, window);
      int significant = 64 - (after >> 8) - (after & 0xFF);
      bits += (after == window ? 2 : 13) + significant;
      window = after;
    }
    return bits << 16 | (window & 0xFFFF);
  }

  public static int bits(long state) {
    return (int) Math.min(Integer.MAX_VALUE, state >>> 16);
  }

  public static short window(long state) {
    return (short) state;
  }

  private static int varintBytes(long value) {
    return Math.max(1, (64 - Long.numberOfLeadingZeros(value) + 6) / 7);
  }
}
