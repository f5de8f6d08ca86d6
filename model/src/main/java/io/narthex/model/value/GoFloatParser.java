package io.narthex.model.value;

import io.narthex.model.labels.GoQuote;
import java.nio.charset.StandardCharsets;

/**
 * Reads floats as Go's {@code strconv.ParseFloat}: decimal and hexadecimal notation, underscores
 * between digits, {@code inf}, {@code infinity} and {@code nan} in any case.
 */
public final class GoFloatParser {
  private static final double[] POWERS_OF_TEN = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };
  private static final long EXACT_MANTISSA = 1L << 53;
  private static final int NOT_SIMPLE = Integer.MIN_VALUE;

  private GoFloatParser() {}

  /**
   * @throws NumberFormatException with Go's message, where the text is no number or too large
   */
  public static double parse(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return parse(bytes, 0, bytes.length);
  }

  /**
   * Reads a span of ASCII; makes no garbage for numbers of up to 19 digits with a small exponent.
   *
   * @throws NumberFormatException with Go's message
   */
  public static double parse(byte[] text, int from, int length) {
    int end = from + length;
    int p = from;
    boolean negative = false;
    if (p < end && (text[p] == '-' || text[p] == '+')) {
      negative = text[p++] == '-';
    }
    long mantissa = 0;
    int digits = 0;
    int point = -1;
    int start = p;
    for (; p < end; p++) {
      int c = text[p];
      if (c >= '0' && c <= '9') {
        if (digits >= 18) {
          return slow(text, from, end);
        }
        mantissa = mantissa * 10 + (c - '0');
        digits += mantissa == 0 ? 0 : 1;
      } else if (c == '.' && point < 0) {
        point = p;
      } else {
        break;
      }
    }
    if (p - start == (point < 0 ? 0 : 1)) {
      return slow(text, from, end);
    }
    int exponent = point < 0 ? 0 : point + 1 - p;
    if (p < end) {
      int written = exponent(text, p, end);
      if (written == NOT_SIMPLE) {
        return slow(text, from, end);
      }
      exponent += written;
    }
    if (mantissa == 0) {
      return negative ? -0.0 : 0.0;
    }
    if (mantissa > EXACT_MANTISSA || exponent < -22 || exponent > 22) {
      return slow(text, from, end);
    }
    // Both operands are exact, so the one rounding of the operation gives the nearest double.
    double value =
        exponent < 0 ? mantissa / POWERS_OF_TEN[-exponent] : mantissa * POWERS_OF_TEN[exponent];
    return negative ? -value : value;
  }

  /** The exponent that fills the rest of the text, where it is one of few digits. */
  private static int exponent(byte[] text, int at, int end) {
    int p = at + 1;
    boolean negative = false;
    if (p < end && (text[p] == '-' || text[p] == '+')) {
      negative = text[p++] == '-';
    }
    if ((text[at] | 0x20) != 'e' || p == end || end - p > 4) {
      return NOT_SIMPLE;
    }
    int value = 0;
    for (; p < end; p++) {
      int digit = text[p] - '0';
      if (digit < 0 || digit > 9) {
        return NOT_SIMPLE;
      }
      value = value * 10 + digit;
    }
    return negative ? -value : value;
  }

  private static double slow(byte[] text, int from, int end) {
    String all = new String(text, from, end - from, StandardCharsets.UTF_8);
    boolean signed = all.startsWith("-") || all.startsWith("+");
    double sign = all.startsWith("-") ? -1 : 1;
    String number = signed ? all.substring(1) : all;
    if (number.equalsIgnoreCase("inf") || number.equalsIgnoreCase("infinity")) {
      return sign * Double.POSITIVE_INFINITY;
    }
    if (all.equalsIgnoreCase("nan")) {
      return Double.longBitsToDouble(StaleMarker.NORMAL_NAN_BITS);
    }
    boolean hex = number.startsWith("0x") || number.startsWith("0X");
    if (!(hex ? isHex(number) : isDecimal(number)) || !underscoresSeparateDigits(number, hex)) {
      throw new NumberFormatException(
          "strconv.ParseFloat: parsing " + GoQuote.quote(all) + ": invalid syntax");
    }
    double value = Double.parseDouble(number.replace("_", ""));
    if (Double.isInfinite(value)) {
      throw new NumberFormatException(
          "strconv.ParseFloat: parsing " + GoQuote.quote(all) + ": value out of range");
    }
    return sign * value;
  }

  private static boolean isDecimal(String number) {
    return hasForm(number, 0, "0123456789", 'e', false);
  }

  private static boolean isHex(String number) {
    return hasForm(number, 2, "0123456789abcdefABCDEF", 'p', true);
  }

  /** Digits with at most one point, then an exponent of decimal digits. */
  private static boolean hasForm(
      String number, int start, String digits, char exponent, boolean exponentNeeded) {
    int p = start;
    int seen = 0;
    boolean point = false;
    for (; p < number.length(); p++) {
      char c = number.charAt(p);
      if (digits.indexOf(c) >= 0) {
        seen++;
      } else if (c == '.' && !point) {
        point = true;
      } else if (c != '_') {
        break;
      }
    }
    if (seen == 0 || p == number.length()) {
      return seen > 0 && !exponentNeeded;
    }
    if ((number.charAt(p) | 0x20) != exponent) {
      return false;
    }
    p++;
    if (p < number.length() && (number.charAt(p) == '-' || number.charAt(p) == '+')) {
      p++;
    }
    int exponentDigits = 0;
    for (; p < number.length(); p++) {
      char c = number.charAt(p);
      if (c >= '0' && c <= '9') {
        exponentDigits++;
      } else if (c != '_') {
        return false;
      }
    }
    return exponentDigits > 0;
  }

  private static boolean underscoresSeparateDigits(String number, boolean hex) {
    for (int i = number.indexOf('_'); i >= 0; i = number.indexOf('_', i + 1)) {
      boolean before = i > 0 && (isDigit(number.charAt(i - 1), hex) || (hex && i == 2));
      boolean after = i + 1 < number.length() && isDigit(number.charAt(i + 1), hex);
      if (!before || !after) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDigit(char c, boolean hex) {
    return hex ? Character.digit(c, 16) >= 0 && c < 128 : c >= '0' && c <= '9';
  }
}
