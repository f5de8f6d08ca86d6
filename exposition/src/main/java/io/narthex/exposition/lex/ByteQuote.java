package io.narthex.exposition.lex;

import io.narthex.model.labels.GoQuote;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Quotes bytes as Go's {@code %q} does: as UTF-8 text, with bytes that are none as {@code \xff}.
 */
final class ByteQuote {
  private static final String HEX = "0123456789abcdef";

  private ByteQuote() {}

  static String quote(byte[] bytes, int from, int to) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes, from, to - from);
    CharBuffer chars = CharBuffer.allocate(to - from + 1);
    StringBuilder out = new StringBuilder(to - from + 16).append('"');
    while (true) {
      CoderResult result = decoder.decode(in, chars, true);
      appendInner(out, chars.flip().toString());
      chars.clear();
      if (!result.isError()) {
        return out.append('"').toString();
      }
      int bad = in.get() & 0xff;
      out.append("\\x").append(HEX.charAt(bad >> 4)).append(HEX.charAt(bad & 15));
      decoder.reset();
    }
  }

  private static void appendInner(StringBuilder out, String text) {
    int before = out.length();
    GoQuote.append(out, text);
    out.deleteCharAt(before);
    out.setLength(out.length() - 1);
  }

  /** Whether the bytes are UTF-8; surrogates and overlong forms are not. */
  static boolean isUtf8(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && bytes[i] >= 0) {
      i++;
    }
    if (i == to) {
      return true;
    }
    return !StandardCharsets.UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .decode(ByteBuffer.wrap(bytes, i, to - i), CharBuffer.allocate(to - i + 1), true)
        .isError();
  }
}
