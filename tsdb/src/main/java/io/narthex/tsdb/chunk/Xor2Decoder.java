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

  /**
   * So many bits are left of a fetch of 57 behind a time of 16 and value control bits of 14; the
   * same number serves behind shorter ones.
   */
  private static final int SHORT_BITS = 27;

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
    int n = into.size();
    long[] times = into.timestamps;
    double[] values = into.values;
    long[] starts = into.startTimestamps;
    int changesFrom = StartTimeBits.changesFrom(startHeader);
    int startsFrom = changesFrom == 0 ? Integer.MAX_VALUE : changesFrom;
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
    int i = 0;
    for (; ; i++) {
      if (starts != null) {
        if (i >= startsFrom) {
          long w = BitFetch.atLeast57(b, pos);
          long written = BitFetch.varbit(w, b, pos);
          pos += BitFetch.varbitLength(w);
          distance = i == startsFrom ? written : distance + written;
          start = t - delta - distance;
        }
        starts[n + i] = start;
      }
      times[n + i] = t;
      values[n + i] = Double.longBitsToDouble(value);
      if (pos > endBit) {
        throw new DecodeException(
            "XOR2 chunk ends within sample " + i + " of " + count + " announced");
      }
      if (i + 1 == count || t > maxt) {
        break;
      }
      long w = BitFetch.atLeast57(b, pos);
      if (i > 0 && w >= 0) {
        pos++;
        t += delta;
        value = baseline;
        continue;
      }
      boolean fresh;
      if (i > 0 && w << 1 >= 0) {
        fresh = w << 2 < 0;
        pos += 3;
        w <<= 3;
      } else {
        if (i == 0) {
          delta = BitFetch.uvarint(b, pos, endBit);
          pos += BitFetch.uvarintLength(b, pos);
          w = BitFetch.atLeast57(b, pos);
        } else if (w << 2 >= 0) {
          delta += w << 3 >> 51;
          w <<= 16;
          pos += 16;
        } else if (w << 3 >= 0) {
          delta += w << 4 >> 44;
          pos += 24;
          w = BitFetch.atLeast57(b, pos);
        } else if (w << 4 >= 0) {
          delta += BitFetch.sixtyFour(b, pos + 5);
          pos += 69;
          w = BitFetch.atLeast57(b, pos);
        } else {
          // A staleness marker's bits go on as those of one behind a time.
          pos += 2;
          w <<= 2;
        }
        if (w >= 0) {
          pos++;
          t += delta;
          value = baseline;
          continue;
        }
        if (w >>> 61 == 0b111) {
          pos += 3;
          t += delta;
          value = StaleMarker.BITS;
          continue;
        }
        fresh = w << 1 < 0;
        pos += fresh ? 3 : 2;
        w <<= fresh ? 3 : 2;
      }
      t += delta;
      if (fresh) {
        significant = (((int) (w >>> 53) - 1) & 63) + 1;
        trailing = 64 - (int) (w >>> 59) - significant;
        pos += 11;
        w <<= 11;
        if (trailing < 0) {
          throw new DecodeException(
              "XOR2 chunk: sample " + (i + 1) + " has an impossible bit window");
        }
      }
      long bits =
          significant <= SHORT_BITS
              ? w
              : w | BitFetch.atLeast57(b, pos + SHORT_BITS) >>> SHORT_BITS;
      baseline ^= bits >>> (64 - significant) << trailing;
      value = baseline;
      pos += significant;
    }
    XorDecoder.keep(into, i + 1, mint, maxt);
  }
}
