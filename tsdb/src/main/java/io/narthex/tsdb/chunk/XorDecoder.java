package io.narthex.tsdb.chunk;

import io.narthex.storage.SampleBuffer;
import io.narthex.tsdb.encoding.DecodeException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Reads XOR chunks (layout at {@link XorBits}) straight into columns. Every sample starts with a
 * fresh 64-bit fetch at its bit position, so there is no reader state to keep up to date.
 */
public final class XorDecoder {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** One sample may run so far over the end before that is noticed. */
  private static final int SLACK_BYTES = 40;

  /** So many bits are left of a fetch behind the longest control bits. */
  private static final int SHORT_BITS = 43;

  /** Beyond, bit positions do not fit an int. */
  static final int MAX_OFFSET = 1 << 27;

  private XorDecoder() {}

  /** Adds a whole chunk's samples with {@code mint <= t <= maxt}. */
  public static void decode(
      byte[] data, int offset, int length, long mint, long maxt, SampleBuffer into) {
    if (length < XorBits.HEADER_BYTES) {
      throw new DecodeException("XOR chunk of " + length + " bytes has no sample count");
    }
    int count = (data[offset] & 0xFF) << 8 | (data[offset + 1] & 0xFF);
    decode(
        data,
        offset + XorBits.HEADER_BYTES,
        length - XorBits.HEADER_BYTES,
        count,
        mint,
        maxt,
        into);
  }

  /**
   * Adds the first {@code count} samples of bits without a header, as the head keeps open chunks.
   * The array's bytes after the range may hold anything.
   */
  public static void decode(
      byte[] data, int offset, int length, int count, long mint, long maxt, SampleBuffer into) {
    if (count == 0) {
      return;
    }
    byte[] bytes = data;
    int start = offset;
    if (offset + length + SLACK_BYTES > data.length || offset > MAX_OFFSET) {
      bytes = Arrays.copyOfRange(data, offset, offset + length + SLACK_BYTES);
      start = 0;
    }
    decodeBits(bytes, start, (start + length) * 8, count, mint, maxt, into);
  }

  private static void decodeBits(
      byte[] b, int start, int endBit, int count, long mint, long maxt, SampleBuffer into) {
    into.reserve(into.size() + count);
    int n = into.size();
    long zigZag = uvarint(b, start, endBit);
    long t = (zigZag >>> 1) ^ -(zigZag & 1);
    int at = start + uvarintLength(b, start);
    long value = (long) LONG.get(b, at);
    at += 8;
    if (at * 8 > endBit) {
      throw truncated(0, count);
    }
    if (t >= mint && t <= maxt) {
      into.timestamps[n] = t;
      into.values[n++] = Double.longBitsToDouble(value);
    }
    if (count > 1) {
      // The second sample is a value after a plain delta: the loop starts in its middle.
      long delta = uvarint(b, at, endBit);
      at += uvarintLength(b, at);
      n = laterSamples(b, at * 8, endBit, count - 1, t, delta, value, mint, maxt, into, n);
    }
    into.size(n);
  }

  /**
   * Reads all samples but the first, whose state it is given. Long, and with many parameters,
   * because the state of the loop must stay in registers.
   */
  private static int laterSamples(
      byte[] b,
      int from,
      int endBit,
      int count,
      long firstTime,
      long firstDelta,
      long firstValue,
      long mint,
      long maxt,
      SampleBuffer into,
      int firstIndex) {
    long[] times = into.timestamps;
    double[] values = into.values;
    int n = firstIndex;
    int pos = from;
    long t = firstTime;
    long delta = firstDelta;
    long value = firstValue;
    int significant = 64;
    int trailing = 0;
    long w = (long) LONG.get(b, pos >>> 3);
    for (int i = 1; ; i++) {
      // Here w has at least 56 bits from the position on, the first of which is of the value.
      t += delta;
      if (w >= 0) {
        pos++;
      } else {
        // Whether a window is old or new can hardly be predicted, so both are worked out.
        boolean fresh = (w << 1) < 0;
        int newSignificant = (((int) (w >>> 51) - 1) & 63) + 1;
        int newTrailing = 64 - ((int) (w >>> 57) & 31) - newSignificant;
        significant = fresh ? newSignificant : significant;
        trailing = fresh ? newTrailing : trailing;
        int control = fresh ? 13 : 2;
        if (trailing < 0) {
          throw new DecodeException("XOR chunk: sample " + i + " has an impossible bit window");
        }
        pos += control;
        long bits = significant <= SHORT_BITS ? w << control : sixtyFour(b, pos);
        value ^= (bits >>> (64 - significant)) << trailing;
        pos += significant;
      }
      if (t >= mint) {
        if (t > maxt) {
          return n;
        }
        times[n] = t;
        values[n++] = Double.longBitsToDouble(value);
      }
      if (pos > endBit) {
        throw truncated(i, count + 1);
      }
      if (i == count) {
        return n;
      }
      // At least 57 bits from the position on.
      w = (long) LONG.get(b, pos >>> 3) << (pos & 7);
      if (w >= 0) {
        pos++;
        w <<= 1;
      } else {
        int ones = Long.numberOfLeadingZeros(~w);
        if (ones >= 4) {
          delta += sixtyFour(b, pos + 4);
          pos += 68;
        } else {
          int bits = ones == 1 ? 14 : ones == 2 ? 17 : 20;
          long raw = (w << (ones + 1)) >>> (64 - bits);
          // The upper half of the range stands for negative numbers.
          long below = (1L << (bits - 1)) - 1;
          delta += ((raw + below) & ((1L << bits) - 1)) - below;
          pos += ones + 1 + bits;
        }
        w = (long) LONG.get(b, pos >>> 3) << (pos & 7);
      }
    }
  }

  private static long sixtyFour(byte[] b, int pos) {
    int at = pos >>> 3;
    int shift = pos & 7;
    return (long) LONG.get(b, at) << shift | (b[at + 8] & 0xFF) >>> (8 - shift);
  }

  private static long uvarint(byte[] b, int at, int endBit) {
    long value = 0;
    int i = at;
    for (int shift = 0; shift < 70 && i * 8 < endBit; shift += 7) {
      byte next = b[i++];
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new DecodeException("XOR chunk: malformed varint");
  }

  private static int uvarintLength(byte[] b, int at) {
    int i = at;
    while (b[i] < 0) {
      i++;
    }
    return i - at + 1;
  }

  private static DecodeException truncated(int sample, int count) {
    return new DecodeException(
        "XOR chunk ends within sample " + sample + " of " + count + " announced");
  }
}
