package io.narthex.tsdb.chunk;

import io.narthex.model.value.StaleMarker;
import io.narthex.tsdb.encoding.ByteWriter;

/**
 * Builds one XOR2 chunk after the other, each as complete chunk data in a buffer of its own. Times
 * must ascend.
 */
public final class Xor2Encoder {
  private final ByteWriter out = new ByteWriter(1024);
  private long bitPosition;
  private int count;
  private long time;
  private long delta;
  private long baseline;
  private short window;
  private long start;
  private long startDistance;
  private int startHeader;

  public Xor2Encoder() {
    reset();
  }

  /** Starts a new chunk. */
  public void reset() {
    out.clear();
    out.u16(0);
    out.u8(0);
    bitPosition = 8L * Xor2Bits.HEADER_BYTES;
    count = 0;
    baseline = 0;
    window = XorBits.NO_WINDOW;
    start = 0;
    startDistance = 0;
    startHeader = 0;
  }

  /**
   * Adds a sample; a chunk holds at most 65535.
   *
   * @param startMillis since when it counts, 0 where not known
   */
  public void add(long timestampMillis, double value, long startMillis) {
    if (count == 0xFFFF) {
      throw new IllegalStateException("BUG: XOR2 chunk of more than 65535 samples");
    }
    out.length((int) ((bitPosition + 7) >>> 3));
    out.reserve(Xor2Bits.MAX_SAMPLE_BYTES);
    byte[] to = out.array();
    long at = sample(to, timestampMillis, value);
    startHeader = StartTimeBits.header(startHeader, count, startMillis, start);
    long distance = (count == 0 ? timestampMillis : time) - startMillis;
    at = StartTimeBits.put(to, at, startHeader, count, distance, startDistance);
    start = startMillis;
    startDistance = distance;
    time = timestampMillis;
    count++;
    to[2] = (byte) startHeader;
    out.u16At(0, count);
    bitPosition = at;
    out.length((int) ((at + 7) >>> 3));
  }

  private long sample(byte[] to, long timestampMillis, double value) {
    boolean stale = StaleMarker.is(value);
    long bits = Double.doubleToRawLongBits(value);
    if (count == 0) {
      baseline = stale ? 0 : bits;
      return XorBits.first(to, bitPosition, timestampMillis, bits);
    }
    long newDelta = timestampMillis - time;
    long xor = bits ^ baseline;
    short before = window;
    if (!stale) {
      window = XorBits.window(xor, before);
      baseline = bits;
    }
    long deltaOfDelta = newDelta - delta;
    delta = newDelta;
    if (count == 1) {
      long at = XorBits.secondTime(to, bitPosition, newDelta);
      return Xor2Bits.value(to, at, stale, xor, before, window);
    }
    return Xor2Bits.later(to, bitPosition, deltaOfDelta, stale, xor, before, window);
  }

  public int count() {
    return count;
  }

  /** The chunk so far; valid until the next call of {@link #add} or {@link #reset}. */
  public ByteWriter chunk() {
    return out;
  }
}
