package io.narthex.http.client;

import java.util.Arrays;

/**
 * Takes the body of one response after the other. The caller owns it, reads {@link #bytes} up to
 * {@link #length}, and may keep it for the next request: it grows and never shrinks. There is
 * always room for one more byte behind the body.
 */
public final class BodyBuffer {
  private byte[] bytes;
  private int length;

  public BodyBuffer(int capacity) {
    bytes = new byte[Math.max(capacity, 16)];
  }

  public byte[] bytes() {
    return bytes;
  }

  public int length() {
    return length;
  }

  public int capacity() {
    return bytes.length;
  }

  public void clear() {
    length = 0;
  }

  /** Makes room for so many further bytes and one more. */
  void reserve(int more) {
    long needed = (long) length + more + 1;
    if (needed > bytes.length) {
      if (needed > Integer.MAX_VALUE - 16) {
        throw new OutOfMemoryError("response body exceeds 2 GiB");
      }
      long grown = Math.max(needed, Math.min((long) bytes.length * 2, Integer.MAX_VALUE - 16));
      bytes = Arrays.copyOf(bytes, (int) grown);
    }
  }

  /** Says that so many bytes were written at the end. */
  void advance(int count) {
    length += count;
  }
}
