package io.narthex.tsdb.encoding;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Appends to a byte array that grows and is reused. Integers are big-endian.
 *
 * <p>{@link #array} is open to readers; its first {@link #length} bytes count, and it is replaced
 * when it grows.
 */
public final class ByteWriter {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final int MAX_VARINT_BYTES = 10;

  private byte[] array;
  private int length;

  public ByteWriter(int capacity) {
    array = new byte[Math.max(16, capacity)];
  }

  public byte[] array() {
    return array;
  }

  public int length() {
    return length;
  }

  /** Cuts back to, or after {@link #reserve} claims, so many bytes. */
  public void length(int newLength) {
    if (newLength > array.length) {
      throw new IndexOutOfBoundsException(newLength);
    }
    length = newLength;
  }

  public void clear() {
    length = 0;
  }

  public boolean isEmpty() {
    return length == 0;
  }

  /** Makes room for so many more bytes. */
  public void reserve(int more) {
    if (array.length - length < more) {
      array = Arrays.copyOf(array, Math.max(Math.addExact(length, more), array.length * 2));
    }
  }

  public void u8(int value) {
    reserve(1);
    array[length++] = (byte) value;
  }

  public void u16(int value) {
    reserve(2);
    array[length++] = (byte) (value >>> 8);
    array[length++] = (byte) value;
  }

  public void u32(int value) {
    reserve(4);
    INT.set(array, length, value);
    length += 4;
  }

  public void u64(long value) {
    reserve(8);
    LONG.set(array, length, value);
    length += 8;
  }

  public void f64(double value) {
    u64(Double.doubleToRawLongBits(value));
  }

  /** Overwrites four bytes that were written before. */
  public void u32At(int position, int value) {
    INT.set(array, position, value);
  }

  /** Overwrites two bytes that were written before. */
  public void u16At(int position, int value) {
    array[position] = (byte) (value >>> 8);
    array[position + 1] = (byte) value;
  }

  /** Unsigned LEB128. */
  public void uvarint(long value) {
    reserve(MAX_VARINT_BYTES);
    byte[] to = array;
    int at = length;
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      to[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    to[at++] = (byte) rest;
    length = at;
  }

  /** Zig-zag LEB128. */
  public void varint(long value) {
    uvarint((value << 1) ^ (value >> 63));
  }

  public void bytes(byte[] from, int offset, int count) {
    reserve(count);
    System.arraycopy(from, offset, array, length, count);
    length += count;
  }

  public void bytes(ByteWriter from) {
    bytes(from.array, 0, from.length);
  }

  /** Length as uvarint, then the text as UTF-8. */
  public void string(String text) {
    int n = text.length();
    reserve(MAX_VARINT_BYTES + n);
    int start = length;
    uvarint(n);
    int at = length;
    byte[] to = array;
    for (int i = 0; i < n; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        length = start;
        encodedString(text);
        return;
      }
      to[at++] = (byte) c;
    }
    length = at;
  }

  private void encodedString(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    uvarint(utf8.length);
    bytes(utf8, 0, utf8.length);
  }

  /** How many bytes {@link #uvarint} takes. */
  public static int uvarintSize(long value) {
    return value == 0 ? 1 : (70 - Long.numberOfLeadingZeros(value)) / 7;
  }

  public byte[] toByteArray() {
    return Arrays.copyOf(array, length);
  }
}
