package io.narthex.exposition.lex;

import ch.randelshofer.fastdoubleparser.JavaDoubleParser;
import io.narthex.exposition.ExpositionException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Reads numbers from bytes as Go's {@code strconv.ParseFloat} does, without hexadecimal forms and
 * underscores. Plain decimals of up to 18 digits with a small exponent are converted right here,
 * exactly; all others go to a library.
 */
public final class FloatScanner {
  /** Powers of ten that a double holds exactly. */
  private static final double[] POWERS_OF_TEN = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private static final int MAX_EXACT_POWER = 22;
  private static final int MAX_LONG_DIGITS = 18;
  private static final long MAX_EXACT_MANTISSA = 1L << 53;

  private double value;
  private int end;

  /** The number that {@link #scan} has read. */
  public double value() {
    return value;
  }

  /** The position behind the number that {@link #scan} has read. */
  public int end() {
    return end;
  }

  /**
   * Reads the longest number that starts here. Finite decimals, {@code NaN} and {@code +Inf},
   * {@code -Inf} in just this form.
   *
   * @return whether there was one that a double can hold; what follows it is not looked at
   */
  public boolean scan(byte[] b, int from, int limit) {
    int p = from;
    end = -1;
    boolean negative = false;
    if (p < limit && (b[p] == '-' || b[p] == '+')) {
      negative = b[p++] == '-';
    }
    int firstDigit = p;
    long mantissa = 0;
    int c = 0;
    while (p < limit && (c = b[p] - '0') >= 0 && c <= 9) {
      mantissa = mantissa * 10 + c;
      p++;
    }
    int digits = p - firstDigit;
    int exponent = 0;
    if (p < limit && b[p] == '.') {
      int point = p++;
      while (p < limit && (c = b[p] - '0') >= 0 && c <= 9) {
        mantissa = mantissa * 10 + c;
        p++;
      }
      exponent = point + 1 - p;
      digits -= exponent;
    }
    if (digits == 0) {
      return special(b, from, limit);
    }
    if (p < limit && (b[p] | 0x20) == 'e') {
      int afterExponent = exponent(b, p + 1, limit);
      if (afterExponent < 0) {
        return false;
      }
      p = afterExponent;
      exponent += exponentValue;
    }
    end = p;
    if (digits <= MAX_LONG_DIGITS && convertExactly(negative, mantissa, exponent)) {
      return true;
    }
    value = JavaDoubleParser.parseDouble(b, from, p - from);
    return !Double.isInfinite(value);
  }

  private boolean convertExactly(boolean negative, long mantissa, int exponent) {
    if (mantissa > MAX_EXACT_MANTISSA
        || exponent < -MAX_EXACT_POWER
        || exponent > MAX_EXACT_POWER) {
      return false;
    }
    // Both operands are exact, so the one rounding of the operation is the correct one.
    double magnitude =
        exponent < 0 ? mantissa / POWERS_OF_TEN[-exponent] : mantissa * POWERS_OF_TEN[exponent];
    value = negative ? -magnitude : magnitude;
    return true;
  }

  private int exponentValue;

  private int exponent(byte[] b, int from, int limit) {
    int p = from;
    boolean negative = false;
    if (p < limit && (b[p] == '-' || b[p] == '+')) {
      negative = b[p++] == '-';
    }
    int first = p;
    int magnitude = 0;
    int c;
    while (p < limit && (c = b[p] - '0') >= 0 && c <= 9) {
      magnitude = Math.min(magnitude * 10 + c, 1_000_000);
      p++;
    }
    exponentValue = negative ? -magnitude : magnitude;
    return p == first ? -1 : p;
  }

  private boolean special(byte[] b, int from, int limit) {
    if (limit - from >= 3 && b[from] == 'N' && b[from + 1] == 'a' && b[from + 2] == 'N') {
      value = Double.NaN;
      end = from + 3;
      return true;
    }
    if (limit - from >= 4
        && (b[from] == '+' || b[from] == '-')
        && b[from + 1] == 'I'
        && b[from + 2] == 'n'
        && b[from + 3] == 'f') {
      value = b[from] == '-' ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
      end = from + 4;
      return true;
    }
    return false;
  }

  /**
   * Reads a whole token.
   *
   * @throws ExpositionException in Go's words where it is no number or too large
   */
  double parse(byte[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      if (b[i] == 'p' || b[i] == 'P' || b[i] == '_') {
        throw new ExpositionException("unsupported character in float");
      }
    }
    if (scan(b, from, to) && end == to) {
      return value;
    }
    double special = anyCaseSpecial(b, from, to);
    if (special != 0) {
      return special;
    }
    boolean outOfRange = end == to && Double.isInfinite(value);
    throw new ExpositionException(
        "strconv.ParseFloat: parsing "
            + ByteQuote.quote(b, from, to)
            + (outOfRange ? ": value out of range" : ": invalid syntax"));
  }

  /** The spellings of infinity and NaN that Go accepts; 0 for anything else. */
  private static double anyCaseSpecial(byte[] b, int from, int to) {
    if (to - from > 9) {
      return 0;
    }
    String text =
        new String(b, from, to - from, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    return switch (text) {
      case "nan" -> Double.NaN;
      case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      default -> 0;
    };
  }
}
