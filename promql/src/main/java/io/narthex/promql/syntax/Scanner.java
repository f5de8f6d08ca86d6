package io.narthex.promql.syntax;

import java.nio.charset.StandardCharsets;

/**
 * A cursor over the UTF-8 bytes of a query, with the scans that all modes of the lexer share.
 *
 * <p>{@link #start} is where the current token begins, {@link #at} the next byte. Accepting scans
 * move {@code at} also where they fail: error texts quote what was read until then.
 */
final class Scanner {
  static final int EOF = -1;
  private static final int REPLACEMENT = 0xFFFD;

  final byte[] input;
  int start;
  int at;
  private int width;

  Scanner(byte[] input) {
    this.input = input;
  }

  /** Reads one code point, or {@link #EOF}; malformed bytes read as U+FFFD one by one. */
  int next() {
    if (at >= input.length) {
      width = 0;
      return EOF;
    }
    int c = input[at];
    if (c >= 0) {
      width = 1;
      at++;
      return c;
    }
    return nextMultibyte();
  }

  private int nextMultibyte() {
    int first = input[at] & 0xff;
    int length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    int c = first & (0xff >> (length + 1));
    boolean ok = first >= 0xc2 && first <= 0xf4 && at + length <= input.length;
    for (int i = 1; ok && i < length; i++) {
      int b = input[at + i] & 0xff;
      ok = (b & 0xc0) == 0x80;
      c = c << 6 | (b & 0x3f);
    }
    boolean overlong = (length == 3 && c < 0x800) || (length == 4 && c < 0x10000);
    if (!ok || overlong || c > Character.MAX_CODE_POINT || (c >= 0xd800 && c < 0xe000)) {
      length = 1;
      c = REPLACEMENT;
    }
    width = length;
    at += length;
    return c;
  }

  /** Undoes the last {@link #next}. */
  void backup() {
    at -= width;
  }

  int peek() {
    int c = next();
    backup();
    return c;
  }

  void ignore() {
    start = at;
  }

  boolean startsWith(char c) {
    return at < input.length && input[at] == c;
  }

  /** The token's text so far; only for ASCII, else see {@link #decoded}. */
  String text() {
    return new String(input, start, at - start, StandardCharsets.ISO_8859_1);
  }

  String decoded() {
    return new String(input, start, at - start, StandardCharsets.UTF_8);
  }

  boolean accept(String valid) {
    int c = next();
    if (c >= 0 && valid.indexOf(c) >= 0) {
      return true;
    }
    backup();
    return false;
  }

  private boolean is(String valid) {
    return at < input.length && input[at] >= 0 && valid.indexOf(input[at]) >= 0;
  }

  private void acceptRun(String valid) {
    while (is(valid)) {
      at++;
    }
  }

  void skipSpaces() {
    while (at < input.length && isSpace(input[at])) {
      at++;
    }
    start = at;
  }

  /** Skips letters, digits, underscores, and colons where wanted. */
  void skipWord(boolean colons) {
    while (at < input.length && (isAlphaNumeric(input[at]) || (colons && input[at] == ':'))) {
      at++;
    }
  }

  void skipLetters() {
    while (at < input.length && isAlpha(input[at])) {
      at++;
    }
  }

  /**
   * Scans a number: decimal, hexadecimal (not in series descriptions, where {@code x} repeats),
   * octal or float, with underscores between digits. What it accepts need not be a valid number.
   */
  boolean number(boolean inSeries) {
    int begin = at;
    String digits = "0123456789";
    if (!inSeries && accept("0") && accept("xX")) {
      accept("_");
      digits = "0123456789abcdefABCDEF";
    }
    accept(".");
    accept(digits);
    if (!numberTail(digits) || at == begin) {
      return false;
    }
    int c = peek();
    return (inSeries && c == 'x') || !isAlphaNumeric(c);
  }

  private boolean numberTail(String digits) {
    boolean hexadecimal = digits.length() > 10;
    boolean dot = false;
    boolean exponent = false;
    while (is(digits) || is("._eE")) {
      if ((is(".") && dot) || (is("eE") && exponent)) {
        at++;
        return false;
      }
      if (accept(".")) {
        dot = true;
        if (accept("_.") || hexadecimal) {
          return false;
        }
      } else if (accept("eE")) {
        exponent = true;
        accept("+-");
        if (accept("._eE") || at == input.length) {
          return false;
        }
      } else if (accept("_")) {
        if (accept("._eE") || at == input.length) {
          return false;
        }
      } else {
        acceptRun(digits);
      }
    }
    return true;
  }

  /** Scans the rest of a duration, of which the first digits have been read. */
  boolean durationTail() {
    if (!accept("smhdwy")) {
      return false;
    }
    accept("s");
    while (accept("0123456789")) {
      acceptRun("0123456789");
      if (!accept("smhdw")) {
        return false;
      }
      accept("s");
    }
    if (isAlphaNumeric(next())) {
      return false;
    }
    backup();
    return true;
  }

  static boolean isSpace(int c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }

  static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  static boolean isAlpha(int c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  static boolean isAlphaNumeric(int c) {
    return isAlpha(c) || isDigit(c);
  }
}
