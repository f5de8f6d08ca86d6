package io.narthex.http.client;

import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * Takes the body of one response after the other. The caller owns it, reads {@link #bytes} up to
 * {@link #length}, and may keep it for the next request: it grows and never shrinks. There is
 * always room for one more byte behind the body.
 */
public final class BodyBuffer {
  private static final byte[] NONE = {};

  private final IntFunction<byte[]> source;
  private byte[] bytes;
  private int length;

  public BodyBuffer(int capacity) {
    source = byte[]::new;
    bytes = new byte[Math.max(capacity, 16)];
  }

  /**
   * A buffer that holds nothing until the first byte of a body arrives, so that waiting for an
   * answer costs nothing.
   *
   * @param source gives an array of at least the size asked for; called on the transport's threads
   */
  public BodyBuffer(IntFunction<byte[]> source) {
    this.source = source;
    bytes = NONE;
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
      if (bytes.length == 0) {
        bytes = source.apply((int) grown);
      } else {
        bytes = Arrays.copyOf(bytes, (int) grown);
      }
    }
  }

  /** Says that so many bytes were written at the end. */
  void advance(int count) {
    length += count;
  }
}
