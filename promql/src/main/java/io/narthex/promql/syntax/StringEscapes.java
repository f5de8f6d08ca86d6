package io.narthex.promql.syntax;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Escapes in quoted strings: those of Go, in both kinds of quotes.
 *
 * <p>{@code \xff} and {@code \377} stand for bytes, which need not make up valid UTF-8. A byte that
 * does not is kept as the lone surrogate U+DC00 + byte, so that it equals no valid text.
 */
final class StringEscapes {
  private StringEscapes() {}

  /** Checks one escape; the backslash has been read. */
  static void check(Scanner scanner, int quote) throws ParseException {
    int c = scanner.next();
    switch (c) {
      case 'a', 'b', 'f', 'n', 'r', 't', 'v', '\\' -> {}
      case '0', '1', '2', '3', '4', '5', '6', '7' -> checkDigits(scanner, c, 3, 8, 255);
      case 'x' -> checkDigits(scanner, scanner.next(), 2, 16, 255);
      case 'u' -> checkDigits(scanner, scanner.next(), 4, 16, Character.MAX_CODE_POINT);
      case 'U' -> checkDigits(scanner, scanner.next(), 8, 16, Character.MAX_CODE_POINT);
      case Scanner.EOF -> throw fail(scanner, "escape sequence not terminated");
      default -> {
        if (c != quote) {
          throw fail(scanner, "unknown escape sequence " + TokenText.codePoint(c));
        }
      }
    }
  }

  private static void checkDigits(Scanner scanner, int first, int count, int base, int max)
      throws ParseException {
    long value = 0;
    int c = first;
    for (int i = 0; i < count; i++) {
      int digit = c < 0x80 ? Character.digit(c, base) : -1;
      if (digit < 0) {
        throw fail(
            scanner,
            c == Scanner.EOF
                ? "escape sequence not terminated"
                : "illegal character " + TokenText.codePoint(c) + " in escape sequence");
      }
      value = value * base + digit;
      if (i < count - 1) {
        c = scanner.next();
      }
    }
    if (value > max || (value >= 0xD800 && value < 0xE000)) {
      throw fail(scanner, "escape sequence is an invalid Unicode code point");
    }
  }

  private static ParseException fail(Scanner scanner, String message) {
    return new ParseException(
        scanner.input, new PositionRange(scanner.start, scanner.input.length), message);
  }

  /** The text of a quoted string that the lexer has accepted. */
  static String unquote(byte[] input, int start, int end) {
    int i = start + 1;
    int last = end - 1;
    if (input[start] != '`') {
      for (; i < last && input[i] != '\\'; i++) {}
    } else {
      i = last;
    }
    if (i == last) {
      return new String(input, start + 1, last - start - 1, StandardCharsets.UTF_8);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(end - start);
    out.write(input, start + 1, i - start - 1);
    while (i < last) {
      if (input[i] == '\\') {
        i = unescape(input, i + 1, out);
      } else {
        out.write(input[i++]);
      }
    }
    return decode(out.toByteArray());
  }

  /** Writes what the escape stands for and returns where it ends. */
  private static int unescape(byte[] input, int at, ByteArrayOutputStream out) {
    int c = input[at];
    return switch (c) {
      case 'a' -> write(out, 0x07, at);
      case 'b' -> write(out, '\b', at);
      case 'f' -> write(out, '\f', at);
      case 'n' -> write(out, '\n', at);
      case 'r' -> write(out, '\r', at);
      case 't' -> write(out, '\t', at);
      case 'v' -> write(out, 0x0b, at);
      case 'x' -> {
        out.write(digits(input, at + 1, 2, 16));
        yield at + 3;
      }
      case 'u', 'U' -> {
        int count = c == 'u' ? 4 : 8;
        String text = Character.toString(digits(input, at + 1, count, 16));
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        yield at + 1 + count;
      }
      case '0', '1', '2', '3', '4', '5', '6', '7' -> {
        out.write(digits(input, at, 3, 8));
        yield at + 3;
      }
      default -> write(out, c, at);
    };
  }

  private static int write(ByteArrayOutputStream out, int c, int at) {
    out.write(c);
    return at + 1;
  }

  private static int digits(byte[] input, int at, int count, int base) {
    int value = 0;
    for (int i = 0; i < count; i++) {
      value = value * base + Character.digit(input[at + i], base);
    }
    return value;
  }

  /** UTF-8 with stray bytes kept as lone surrogates. */
  static String decode(byte[] bytes) {
    Scanner scanner = new Scanner(bytes);
    StringBuilder out = new StringBuilder(bytes.length);
    while (scanner.at < bytes.length) {
      int before = scanner.at;
      int c = scanner.next();
      if (c == 0xFFFD && scanner.at == before + 1) {
        out.append((char) (0xDC00 + (bytes[before] & 0xff)));
      } else {
        out.appendCodePoint(c);
      }
    }
    return out.toString();
  }
}
