package io.narthex.promql.syntax;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Floats as Go writes them. Both shortest forms have just the digits that tell the value from its
 * neighbours; they differ in when an exponent is used.
 */
final class FloatText {
  private FloatText() {}

  /** Never an exponent, as {@code FormatFloat(v, 'f', -1, 64)}: sample values, number literals. */
  static String plain(double value) {
    long whole = (long) value;
    if (whole == value
        && Math.abs(whole) < 1_000_000_000_000_000L
        && (whole != 0 || !minus(value))) {
      return Long.toString(whole);
    }
    if (!Double.isFinite(value)) {
      return notFinite(value);
    }
    String digits = new BigDecimal(Double.toString(Math.abs(value))).toPlainString();
    return (minus(value) ? "-" : "") + withoutTrailingZeros(digits);
  }

  /** As {@code %v} and {@code FormatFloat(v, 'g', -1, 64)}: {@code 1e-05}, {@code 1e+06}. */
  static String shortest(double value) {
    if (!Double.isFinite(value)) {
      return notFinite(value);
    }
    if (value == 0) {
      return minus(value) ? "-0" : "0";
    }
    BigDecimal decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    int exponent = decimal.precision() - decimal.scale() - 1;
    if (exponent >= -4 && exponent < 6) {
      return decimal.toPlainString();
    }
    String digits = decimal.unscaledValue().abs().toString();
    StringBuilder out = new StringBuilder(24);
    if (value < 0) {
      out.append('-');
    }
    out.append(digits.charAt(0));
    if (digits.length() > 1) {
      out.append('.').append(digits, 1, digits.length());
    }
    out.append(exponent < 0 ? "e-" : "e+");
    if (Math.abs(exponent) < 10) {
      out.append('0');
    }
    return out.append(Math.abs(exponent)).toString();
  }

  /** A fixed number of decimals, as {@code %.3f}; exact, rounded half to even. */
  static String fixed(double value, int decimals) {
    if (!Double.isFinite(value)) {
      return notFinite(value);
    }
    String digits =
        new BigDecimal(Math.abs(value)).setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
    return minus(value) ? "-" + digits : digits;
  }

  private static boolean minus(double value) {
    return Double.doubleToRawLongBits(value) < 0;
  }

  private static String notFinite(double value) {
    return Double.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
  }

  private static String withoutTrailingZeros(String digits) {
    int end = digits.length();
    if (digits.indexOf('.') >= 0) {
      while (digits.charAt(end - 1) == '0') {
        end--;
      }
      if (digits.charAt(end - 1) == '.') {
        end--;
      }
    }
    return digits.substring(0, end);
  }
}
