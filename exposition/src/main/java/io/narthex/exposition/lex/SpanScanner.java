package io.narthex.exposition.lex;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds the end of a series span in the form in which nearly all of them come: a name, perhaps
 * labels in braces, no blanks, ASCII. Eight bytes at a time within label values. Whatever looks
 * unusual is left to the lexer.
 */
final class SpanScanner {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final byte NAME_START = 1;
  private static final byte LABEL_START = 2;
  private static final byte NAME = 4;
  private static final byte LABEL = 8;
  private static final byte[] CLASSES = classes();

  private SpanScanner() {}

  private static byte[] classes() {
    byte[] classes = new byte[256];
    for (int c = 0; c < 128; c++) {
      boolean digit = c >= '0' && c <= '9';
      boolean letter = Lexer.isNameStart(c, false);
      if (letter) {
        classes[c] = NAME_START | LABEL_START | NAME | LABEL;
      } else if (c == ':') {
        classes[c] = NAME_START | NAME;
      } else if (digit) {
        classes[c] = NAME | LABEL;
      }
    }
    return classes;
  }

  /**
   * Where the span that starts here ends; -1 where it has not the plain form. The byte at the limit
   * must exist, and must not be part of a name.
   */
  static int scan(byte[] b, int from, int limit) {
    if ((CLASSES[b[from] & 0xff] & NAME_START) == 0) {
      return -1;
    }
    int p = from + 1;
    while ((CLASSES[b[p] & 0xff] & NAME) != 0) {
      p++;
    }
    return b[p] == '{' ? labels(b, p + 1, limit) : p;
  }

  private static int labels(byte[] b, int from, int limit) {
    int p = from;
    while (b[p] != '}') {
      if ((CLASSES[b[p] & 0xff] & LABEL_START) == 0) {
        return -1;
      }
      do {
        p++;
      } while ((CLASSES[b[p] & 0xff] & LABEL) != 0);
      if (b[p] != '=' || p + 1 >= limit || b[p + 1] != '"') {
        return -1;
      }
      p = closingQuote(b, p + 2, limit);
      if (p < 0 || p + 1 >= limit) {
        return -1;
      }
      p++;
      if (b[p] == ',') {
        p++;
      } else if (b[p] != '}') {
        return -1;
      }
    }
    return p < limit ? p + 1 : -1;
  }

  /** The quote that ends a label value; -1 where there is none or the value is unusual. */
  private static int closingQuote(byte[] b, int from, int limit) {
    int p = from;
    while (p + 8 <= limit) {
      long stop = stops((long) LONG.get(b, p));
      if (stop == 0) {
        p += 8;
        continue;
      }
      p += Long.numberOfTrailingZeros(stop) >> 3;
      if (b[p] == '"') {
        return p;
      }
      if (b[p] != '\\' || p + 1 >= limit || b[p + 1] < ' ') {
        return -1;
      }
      p += 2;
    }
    while (p < limit && b[p] >= ' ') {
      if (b[p] == '"') {
        return p;
      }
      if (b[p] == '\\') {
        p++;
        if (p >= limit || b[p] < ' ') {
          return -1;
        }
      }
      p++;
    }
    return -1;
  }

  /**
   * The high bit of each byte that is a quote, a backslash, a control character or not ASCII.
   * Borrows can mark bytes above the first marked one wrongly; the first is always right.
   */
  private static long stops(long word) {
    long quotes = word ^ (ONES * '"');
    long backslashes = word ^ (ONES * '\\');
    long found =
        ((quotes - ONES) & ~quotes)
            | ((backslashes - ONES) & ~backslashes)
            | ((word - ONES * ' ') & ~word)
            | word;
    return found & HIGH_BITS;
  }
}
