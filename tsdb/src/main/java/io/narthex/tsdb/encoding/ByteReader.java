package io.narthex.tsdb.encoding;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Walks over a part of a byte array. Integers are big-endian. Reusable; reading beyond the end or a
 * malformed varint throws {@link DecodeException}.
 */
public final class ByteReader {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private byte[] bytes = new byte[0];
  private int start;
  private int position;
  private int limit;

  public ByteReader() {}

  public ByteReader(byte[] bytes) {
    reset(bytes, 0, bytes.length);
  }

  public ByteReader reset(byte[] from, int offset, int length) {
    bytes = from;
    start = offset;
    position = offset;
    limit = offset + length;
    return this;
  }

  public ByteReader reset(ByteWriter from) {
    return reset(from.array(), 0, from.length());
  }

  public int remaining() {
    return limit - position;
  }

  public boolean hasRemaining() {
    return position < limit;
  }

  /** Bytes read since the reset. */
  public int consumed() {
    return position - start;
  }

  public byte[] array() {
    return bytes;
  }

  /** Index in {@link #array} of the next byte. */
  public int position() {
    return position;
  }

  /** Index in {@link #array} of the first byte that is not ours. */
  public int limit() {
    return limit;
  }

  public int u8() {
    need(1);
    return bytes[position++] & 0xFF;
  }

  public int u16() {
    need(2);
    int value = (bytes[position] & 0xFF) << 8 | (bytes[position + 1] & 0xFF);
    position += 2;
    return value;
  }

  public int u32() {
    need(4);
    int value = (int) INT.get(bytes, position);
    position += 4;
    return value;
  }

  public long u64() {
    need(8);
    long value = (long) LONG.get(bytes, position);
    position += 8;
    return value;
  }

  public double f64() {
    return Double.longBitsToDouble(u64());
  }

  /** Unsigned LEB128 of up to 64 bits. */
  public long uvarint() {
    byte[] from = bytes;
    int at = position;
    if (at < limit && from[at] >= 0) {
      position = at + 1;
      return from[at];
    }
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (at >= limit) {
        throw new DecodeException("invalid size: varint runs over the end");
      }
      byte b = from[at++];
      if (shift == 63 && (b & 0xFE) != 0) {
        break;
      }
      value |= (long) (b & 0x7F) << shift;
      if (b >= 0) {
        position = at;
        return value;
      }
    }
    throw new DecodeException("invalid varint: more than 64 bits");
  }

  /** Zig-zag LEB128. */
  public long varint() {
    long raw = uvarint();
    return (raw >>> 1) ^ -(raw & 1);
  }

  /** An unsigned count or length that must fit what is left, each item taking at least a byte. */
  public int count() {
    long n = uvarint();
    if (n < 0 || n > remaining()) {
      throw new DecodeException(
          "invalid size: " + Long.toUnsignedString(n) + " items in " + remaining() + " bytes");
    }
    return (int) n;
  }

  /** Length-prefixed UTF-8. */
  public String string() {
    int n = count();
    String text = new String(bytes, position, n, StandardCharsets.UTF_8);
    position += n;
    return text;
  }

  public void skip(int count) {
    need(count);
    position += count;
  }

  private void need(int count) {
    if (count < 0 || limit - position < count) {
      throw new DecodeException(
          "invalid size: " + count + " bytes needed, " + (limit - position) + " left");
    }
  }
}
