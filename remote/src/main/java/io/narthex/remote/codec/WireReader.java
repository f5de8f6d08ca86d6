package io.narthex.remote.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A cursor over a protobuf message in a byte array. Nested messages are read by narrowing the
 * limit: {@link #enter} returns the old one, {@link #leave} restores it.
 *
 * <p>Field numbers and wire types come packed as on the wire: {@code number << 3 | type}.
 */
public final class WireReader {
  public static final int VARINT = 0;
  public static final int FIXED64 = 1;
  public static final int BYTES = 2;
  public static final int FIXED32 = 5;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] data = {};
  private int position;
  private int limit;

  /** Starts at a message that fills the range. */
  public WireReader reset(byte[] bytes, int from, int to) {
    data = bytes;
    position = from;
    limit = to;
    return this;
  }

  public int position() {
    return position;
  }

  public void position(int to) {
    position = to;
  }

  public int limit() {
    return limit;
  }

  public boolean hasMore() {
    return position < limit;
  }

  /** Field number and wire type of the next field. */
  public int tag() {
    int first = position < limit ? data[position] : 0;
    if (first > 0) {
      position++;
      return first;
    }
    long tag = varint();
    if (tag <= 7 || tag > 0xffffffffL) {
      throw new WireException(
          "proto: illegal tag " + (tag >>> 3) + " (wire type " + (tag & 7) + ")");
    }
    return (int) tag;
  }

  public long varint() {
    int p = position;
    if (p >= limit) {
      throw unexpectedEnd();
    }
    byte b = data[p++];
    if (b >= 0) {
      position = p;
      return b;
    }
    long value = b & 0x7f;
    for (int shift = 7; shift < 70; shift += 7) {
      if (p >= limit) {
        throw unexpectedEnd();
      }
      b = data[p++];
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        position = p;
        return value;
      }
    }
    throw new WireException("proto: integer overflow");
  }

  /** A signed number whose sign stands in the lowest bit. */
  public long zigzag() {
    long value = varint();
    return value >>> 1 ^ -(value & 1);
  }

  public double fixed64AsDouble() {
    int p = position;
    if (limit - p < 8) {
      throw unexpectedEnd();
    }
    position = p + 8;
    return Double.longBitsToDouble((long) LONG.get(data, p));
  }

  /** Reads the length of nested bytes; they start at {@link #position} then. */
  public int length() {
    long length = varint();
    if (length < 0 || length > limit - position) {
      throw length < 0 ? new WireException("proto: negative length") : unexpectedEnd();
    }
    return (int) length;
  }

  /** Narrows to a nested message and returns the limit to {@link #leave} with. */
  public int enter() {
    int length = length();
    int outer = limit;
    limit = position + length;
    return outer;
  }

  /** Goes behind the nested message. */
  public void leave(int outerLimit) {
    position = limit;
    limit = outerLimit;
  }

  /** Goes behind the value of a field that is of no interest. */
  public void skip(int tag) {
    switch (tag & 7) {
      case VARINT -> varint();
      case FIXED64 -> skipBytes(8);
      case BYTES -> skipBytes(length());
      case FIXED32 -> skipBytes(4);
      default -> throw new WireException("proto: illegal wireType " + (tag & 7));
    }
  }

  private void skipBytes(int count) {
    if (limit - position < count) {
      throw unexpectedEnd();
    }
    position += count;
  }

  private static WireException unexpectedEnd() {
    return new WireException("unexpected EOF");
  }
}
