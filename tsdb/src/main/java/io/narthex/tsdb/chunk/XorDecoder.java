package io.narthex.tsdb.chunk;

import io.narthex.storage.SampleBuffer;
import io.narthex.tsdb.encoding.DecodeException;
import java.util.Arrays;

/**
 * Reads XOR chunks (layout at {@link XorBits}) straight into columns. Every sample starts with a
 * fresh 64-bit fetch at its bit position, so there is no reader state to keep up to date, and tests
 * the control bits of that fetch in the order of their likelihood.
 */
public final class XorDecoder {
  /** One sample may run so far over the end before that is noticed. */
  private static final int SLACK_BYTES = 40;

  /**
   * So many bits are left of a fetch of 57 behind a time of 16 and value control bits of 13; the
   * same number serves behind shorter ones.
   */
  private static final int SHORT_BITS = 28;

  /** The largest difference of deltas that 14 bits can have; they wrap it to its negative. */
  private static final long WRAPPED = 1 << 13;

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
    decodeBits(bytes, start * 8, (start + length) * 8, count, mint, maxt, into);
  }

  private static void decodeBits(
      byte[] b, int from, int endBit, int count, long mint, long maxt, SampleBuffer into) {
    int n = into.size();
    into.reserve(n + count);
    int pos = from;
    long t = BitFetch.unZigZag(BitFetch.uvarint(b, pos, endBit));
    pos += BitFetch.uvarintLength(b, pos);
    long value = BitFetch.sixtyFour(b, pos);
    pos += 64;
    if (pos > endBit) {
      throw truncated(0, count);
    }
    into.timestamps[n] = t;
    into.values[n] = Double.longBitsToDouble(value);
    int read = 1;
    if (count > 1) {
      long delta = BitFetch.uvarint(b, pos, endBit);
      pos += BitFetch.uvarintLength(b, pos);
      read = laterSamples(b, pos, endBit, count, t, delta, value, maxt, into);
    }
    keep(into, read, mint, maxt);
  }

  /** Of so many samples behind the buffer's last, all read, keeps those of the range. */
  static void keep(SampleBuffer into, int read, long mint, long maxt) {
    int n = into.size();
    long[] times = into.timestamps;
    int end = n + read;
    while (end > n && times[end - 1] > maxt) {
      end--;
    }
    int first = n;
    while (first < end && times[first] < mint) {
      first++;
    }
    into.size(n + read);
    into.size(end);
    into.remove(n, first);
  }

  /**
   * Reads all samples but the first, whose state it is given. Long, and with many parameters,
   * because the state of the loop must stay in registers; samples before the range are written too,
   * as a test for each of them costs more.
   *
   * @return how many samples are read, with the first; those after {@code maxt} may be missing
   */
  private static int laterSamples(
      byte[] b,
      int from,
      int endBit,
      int count,
      long firstTime,
      long firstDelta,
      long firstValue,
      long maxt,
      SampleBuffer into) {
    int n = into.size();
    long[] times = into.timestamps;
    double[] values = into.values;
    int pos = from;
    long t = firstTime;
    long delta = firstDelta;
    long value = firstValue;
    int significant = 64;
    int trailing = 0;
    for (int i = 1; i < count; i++) {
      long w = BitFetch.atLeast57(b, pos);
      // The second sample is a value after a plain delta, which the caller has read.
      if (i > 1) {
        if (w >= 0) {
          pos++;
          w <<= 1;
        } else if (w << 1 >= 0) {
          long change = w << 2 >> 50;
          delta += change == -WRAPPED ? WRAPPED : change;
          pos += 16;
          w <<= 16;
        } else {
          int ones = Math.min(4, Long.numberOfLeadingZeros(~w));
          if (ones == 4) {
            delta += BitFetch.sixtyFour(b, pos + 4);
            pos += 68;
          } else {
            int bits = ones == 2 ? 17 : 20;
            delta += BitFetch.signed(w << (ones + 1) >>> (64 - bits), bits);
            pos += ones + 1 + bits;
          }
          w = BitFetch.atLeast57(b, pos);
        }
      }
      t += delta;
      if (w >= 0) {
        pos++;
      } else {
        if (w << 1 < 0) {
          significant = (((int) (w >>> 51) - 1) & 63) + 1;
          trailing = 64 - ((int) (w >>> 57) & 31) - significant;
          if (trailing < 0) {
            throw new DecodeException("XOR chunk: sample " + i + " has an impossible bit window");
          }
          pos += 13;
          w <<= 13;
        } else {
          pos += 2;
          w <<= 2;
        }
        // The bits that a second fetch has in common with the first do no harm.
        long bits =
            significant <= SHORT_BITS
                ? w
                : w | BitFetch.atLeast57(b, pos + SHORT_BITS) >>> SHORT_BITS;
        value ^= bits >>> (64 - significant) << trailing;
        pos += significant;
      }
      times[n + i] = t;
      values[n + i] = Double.longBitsToDouble(value);
      if (pos > endBit) {
        throw truncated(i, count);
      }
      if (t > maxt) {
        return i;
      }
    }
    return count;
  }

  private static DecodeException truncated(int sample, int count) {
    return new DecodeException(
        "XOR chunk ends within sample " + sample + " of " + count + " announced");
  }
}
