package io.narthex.tsdb.chunk;

import io.narthex.tsdb.encoding.ByteWriter;

/**
 * Builds one XOR chunk after the other, each as complete chunk data (count and samples) in a buffer
 * of its own. Times must ascend.
 */
public final class XorEncoder {
  private final ByteWriter out = new ByteWriter(1024);
  private long bitPosition;
  private int count;
  private long time;
  private long delta;
  private long valueBits;
  private short window;

  public XorEncoder() {
    reset();
  }

  /** Starts a new chunk. */
  public void reset() {
    out.clear();
    out.u16(0);
    bitPosition = 8L * XorBits.HEADER_BYTES;
    count = 0;
    window = XorBits.NO_WINDOW;
  }

  /** Adds a sample; a chunk holds at most 65535. */
  public void add(long timestampMillis, double value) {
    out.length((int) ((bitPosition + 7) >>> 3));
    out.reserve(XorBits.MAX_SAMPLE_BYTES);
    byte[] to = out.array();
    long bits = Double.doubleToRawLongBits(value);
    long at = bitPosition;
    if (count == 0) {
      at = XorBits.first(to, at, timestampMillis, bits);
    } else {
      long newDelta = timestampMillis - time;
      at =
          count == 1
              ? XorBits.secondTime(to, at, newDelta)
              : XorBits.laterTime(to, at, newDelta - delta);
      delta = newDelta;
      long xor = bits ^ valueBits;
      short after = XorBits.window(xor, window);
      at = XorBits.value(to, at, xor, window, after);
      window = after;
    }
    bitPosition = at;
    time = timestampMillis;
    valueBits = bits;
    count = Math.addExact(count, 1);
    if (count > 0xFFFF) {
      throw new IllegalStateException("BUG: XOR chunk of more than 65535 samples");
    }
    out.u16At(0, count);
    out.length((int) ((at + 7) >>> 3));
  }

  public int count() {
    return count;
  }

  /** The chunk so far; valid until the next call of {@link #add} or {@link #reset}. */
  public ByteWriter chunk() {
    return out;
  }
}
