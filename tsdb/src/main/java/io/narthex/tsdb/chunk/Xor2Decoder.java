package io.narthex.tsdb.chunk;

import io.narthex.model.value.StaleMarker;
import io.narthex.storage.SampleBuffer;
import io.narthex.tsdb.encoding.DecodeException;
import java.util.Arrays;

/**
 * Reads XOR2 chunks (layout at {@link Xor2Bits}) straight into columns, as {@link XorDecoder} does
 * with XOR chunks.
 */
public final class Xor2Decoder {
  /** One sample may run so far over the end before that is noticed. */
  private static final int SLACK_BYTES = 48;

  private Xor2Decoder() {}

  /** Adds a whole chunk's samples with {@code mint <= t <= maxt}. */
  public static void decode(
      byte[] data, int offset, int length, long mint, long maxt, SampleBuffer into) {
    if (length < Xor2Bits.HEADER_BYTES) {
      throw new DecodeException("XOR2 chunk of " + length + " bytes has no header");
    }
    int count = (data[offset] & 0xFF) << 8 | (data[offset + 1] & 0xFF);
    decode(
        data,
        offset + Xor2Bits.HEADER_BYTES,
        length - Xor2Bits.HEADER_BYTES,
        count,
        data[offset + 2],
        mint,
        maxt,
        into);
  }

  /**
   * Adds the first {@code count} samples of bits without a header, as the head keeps open chunks.
   * The array's bytes after the range may hold anything.
   */
  public static void decode(
      byte[] data,
      int offset,
      int length,
      int count,
      int startHeader,
      long mint,
      long maxt,
      SampleBuffer into) {
    if (count == 0) {
      return;
    }
    byte[] bytes = data;
    int from = offset;
    if (offset + length + SLACK_BYTES > data.length || offset > XorDecoder.MAX_OFFSET) {
      bytes = Arrays.copyOfRange(data, offset, offset + length + SLACK_BYTES);
      from = 0;
    }
    into.reserve(into.size() + count);
    if (startHeader != 0) {
      into.withStartTimestamps();
    }
    decodeBits(bytes, from * 8, (from + length) * 8, count, startHeader, mint, maxt, into);
  }

  /**
   * Each turn of the loop finishes the sample at hand (start time, range) and reads the next one's
   * time and value. Long, because the state of the loop must stay in registers.
   */
  private static void decodeBits(
      byte[] b,
      int from,
      int endBit,
      int count,
      int startHeader,
      long mint,
      long maxt,
      SampleBuffer into) {
    long[] times = into.timestamps;
    double[] values = into.values;
    long[] starts = into.startTimestamps;
    int changesFrom = StartTimeBits.changesFrom(startHeader);
    int startsFrom = changesFrom == 0 ? Integer.MAX_VALUE : changesFrom;
    int n = into.size();
    int pos = from;
    long t = BitFetch.unZigZag(BitFetch.uvarint(b, pos, endBit));
    pos += BitFetch.uvarintLength(b, pos);
    long value = BitFetch.sixtyFour(b, pos);
    pos += 64;
    long start = 0;
    if (StartTimeBits.firstKnown(startHeader)) {
      start = t - BitFetch.unZigZag(BitFetch.uvarint(b, pos, endBit));
      pos += BitFetch.uvarintLength(b, pos);
    }
    long baseline = value == StaleMarker.BITS ? 0 : value;
    long delta = 0;
    long distance = 0;
    int significant = 64;
    int trailing = 0;
    for (int i = 0; ; i++) {
      if (i >= startsFrom) {
        long written = BitFetch.varbit(b, pos);
        pos += BitFetch.varbitLength(BitFetch.atLeast57(b, pos));
        distance = i == startsFrom ? written : distance + written;
        start = t - delta - distance;
      }
      if (t >= mint) {
        if (t > maxt) {
          break;
        }
        times[n] = t;
        values[n] = Double.longBitsToDouble(value);
        if (starts != null) {
          starts[n] = start;
        }
        n++;
      }
      if (pos > endBit) {
        throw new DecodeException(
            "XOR2 chunk ends within sample " + i + " of " + count + " announced");
      }
      if (i + 1 == count) {
        break;
      }
      long w = BitFetch.atLeast57(b, pos);
      boolean fresh = false;
      int control = 0;
      if (i == 0) {
        delta = BitFetch.uvarint(b, pos, endBit);
        pos += BitFetch.uvarintLength(b, pos);
        w = BitFetch.atLeast57(b, pos);
      } else if (w >= 0) {
        pos++;
        t += delta;
        value = baseline;
        continue;
      } else if (w << 1 >= 0) {
        fresh = w << 2 < 0;
        control = 3;
      } else if (w << 2 >= 0) {
        delta += w << 3 >> 51;
        w <<= 16;
        pos += 16;
      } else if (w << 3 >= 0) {
        delta += w << 4 >> 44;
        w <<= 24;
        pos += 24;
      } else if (w << 4 >= 0) {
        delta += BitFetch.sixtyFour(b, pos + 5);
        pos += 69;
        w = BitFetch.atLeast57(b, pos);
      } else {
        pos += 5;
        t += delta;
        value = StaleMarker.BITS;
        continue;
      }
      t += delta;
      if (control == 0) {
        // The value has control bits of its own.
        if (w >= 0) {
          pos++;
          value = baseline;
          continue;
        }
        if (w >>> 61 == 0b111) {
          pos += 3;
          value = StaleMarker.BITS;
          continue;
        }
        fresh = w << 1 < 0;
        control = fresh ? 3 : 2;
      }
      if (fresh) {
        w <<= control;
        significant = (((int) (w >>> 53) - 1) & 63) + 1;
        trailing = 64 - (int) (w >>> 59) - significant;
        control += 11;
        if (trailing < 0) {
          throw new DecodeException(
              "XOR2 chunk: sample " + (i + 1) + " has an impossible bit window");
        }
      }
      pos += control;
      baseline ^= (BitFetch.sixtyFour(b, pos) >>> (64 - significant)) << trailing;
      value = baseline;
      pos += significant;
    }
    into.size(n);
  }
}
