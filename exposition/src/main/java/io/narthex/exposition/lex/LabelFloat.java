package io.narthex.exposition.lex;

import io.narthex.exposition.ExpositionException;
import java.nio.charset.StandardCharsets;

/**
 * The one spelling of a number in {@code le} and {@code quantile}: {@code 1}, {@code 1e0} and
 * {@code 1.0} must be one series. Shortest form, always with a point or an exponent.
 */
final class LabelFloat {
  private LabelFloat() {}

  /** The normal form of a number; any other text stays as it is. */
  static String normalise(String text) {
    String known = common(text);
    if (!known.isEmpty()) {
      return known;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try {
      return format(new FloatScanner().parse(bytes, 0, bytes.length));
    } catch (ExpositionException e) {
      return hexadecimal(text);
    }
  }

  private static String common(String text) {
    return switch (text) {
      case "+Inf", "1.0", "0.0", "0.5", "0.1", "0.9", "0.99", "0.25", "0.75", "2.5" -> text;
      case "0" -> "0.0";
      case "1" -> "1.0";
      case "5" -> "5.0";
      case "10" -> "10.0";
      default -> "";
    };
  }

  /** Go also reads {@code 0x1p-2}, in which Java agrees with it. */
  private static String hexadecimal(String text) {
    int digits = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    boolean hexadecimal =
        text.regionMatches(true, digits, "0x", 0, 2)
            && (text.indexOf('p') > 0 || text.indexOf('P') > 0)
            && Character.digit(text.charAt(text.length() - 1), 10) >= 0;
    if (!hexadecimal) {
      return text;
    }
    try {
      double value = Double.parseDouble(text);
      return Double.isInfinite(value) ? text : format(value);
    } catch (NumberFormatException e) {
      return text;
    }
  }

  /** As Go's format 'g' with the fewest digits, plus {@code .0} where it looks like an integer. */
  static String format(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    if (value == 0) {
      return "0.0";
    }
    // Double.toString yields the shortest digits, in another layout: d.ddd, or d.dddE-dd.
    String java = Double.toString(Math.abs(value));
    int exponentAt = java.indexOf('E');
    String plain = exponentAt < 0 ? java : java.substring(0, exponentAt);
    int point = plain.indexOf('.');
    int exponent = exponentAt < 0 ? 0 : Integer.parseInt(java, exponentAt + 1, java.length(), 10);
    String all = plain.substring(0, point) + plain.substring(point + 1);
    int first = 0;
    while (all.charAt(first) == '0') {
      first++;
    }
    int last = all.length();
    while (all.charAt(last - 1) == '0') {
      last--;
    }
    String digits = all.substring(first, last);
    return (value < 0 ? "-" : "") + layout(digits, point - first + exponent);
  }

  /**
   * Lays digits out.
   *
   * @param pointPosition where the decimal point stands, counted from before the first digit
   */
  private static String layout(String digits, int pointPosition) {
    int exponent = pointPosition - 1;
    if (exponent < -4 || exponent >= 6) {
      StringBuilder out = new StringBuilder().append(digits.charAt(0));
      if (digits.length() > 1) {
        out.append('.').append(digits, 1, digits.length());
      }
      int magnitude = Math.abs(exponent);
      return out.append(exponent < 0 ? "e-" : "e+")
          .append(magnitude < 10 ? "0" : "")
          .append(magnitude)
          .toString();
    }
    if (pointPosition <= 0) {
      return "0." + "0".repeat(-pointPosition) + digits;
    }
    if (pointPosition >= digits.length()) {
      return digits + "0".repeat(pointPosition - digits.length()) + ".0";
    }
    return digits.substring(0, pointPosition) + "." + digits.substring(pointPosition);
  }
}
