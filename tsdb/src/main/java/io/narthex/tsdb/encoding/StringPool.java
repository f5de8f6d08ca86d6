package io.narthex.tsdb.encoding;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Turns length-prefixed UTF-8 into strings, giving the same object for the same bytes without
 * decoding them again. One thread at a time. It forgets: a slot holds the string seen last.
 */
public final class StringPool {
  private static final int SLOTS = 1 << 13;
  private static final int MAX_BYTES = 256;

  private final String[] strings = new String[SLOTS];
  private final byte[][] encoded = new byte[SLOTS][];

  /** Reads the next string. */
  public String read(ByteReader in) {
    int length = in.count();
    byte[] bytes = in.array();
    int from = in.position();
    in.skip(length);
    if (length > MAX_BYTES) {
      return new String(bytes, from, length, StandardCharsets.UTF_8);
    }
    int slot = slot(bytes, from, length);
    byte[] known = encoded[slot];
    if (known != null && Arrays.equals(known, 0, known.length, bytes, from, from + length)) {
      return strings[slot];
    }
    String text = new String(bytes, from, length, StandardCharsets.UTF_8);
    encoded[slot] = Arrays.copyOfRange(bytes, from, from + length);
    strings[slot] = text;
    return text;
  }

  private static int slot(byte[] bytes, int from, int length) {
    int h = length;
    for (int i = from; i < from + length; i++) {
      h = 31 * h + bytes[i];
    }
    h *= 0x9E3779B9;
    return h >>> 19;
  }
}
