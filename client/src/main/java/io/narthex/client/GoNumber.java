package io.narthex.client;

/**
 * Prints a double as Go's {@code strconv.FormatFloat(v, 'g', -1, 64)} does, which is how Prometheus
 * prints values in its text formats: the fewest digits that read back to the same number, with an
 * exponent of at least two digits where the decimal exponent is below -4 or above 5.
 */
final class GoNumber {
  private static final int MAX_PLAIN_EXPONENT = 5;
  private static final int MIN_PLAIN_EXPONENT = -4;
  private static final int SUBNORMAL_EXPONENT = -300;

  private GoNumber() {}

  static void append(StringBuilder out, double value) {
    if (Double.isNaN(value)) {
      out.append("NaN");
    } else if (Double.isInfinite(value)) {
      out.append(value > 0 ? "+Inf" : "-Inf");
    } else if (Math.abs(value) < 1e6 && value == (int) value) {
      out.append(value == 0 && 1 / value < 0 ? "-0" : Integer.toString((int) value));
    } else {
      appendFinite(out, value);
    }
  }

  /** Takes Java's shortest digits apart and sets them anew. */
  private static void appendFinite(StringBuilder out, double value) {
    String printed = Double.toString(Math.abs(value));
    int e = printed.indexOf('E');
    int exponent = e < 0 ? 0 : Integer.parseInt(printed, e + 1, printed.length(), 10);
    int mantissaEnd = e < 0 ? printed.length() : e;
    int point = printed.indexOf('.');
    String digits = printed.substring(0, point) + printed.substring(point + 1, mantissaEnd);
    int first = 0;
    while (digits.charAt(first) == '0') {
      first++;
    }
    int last = digits.length();
    while (digits.charAt(last - 1) == '0') {
      last--;
    }
    int decimalExponent = exponent + point - 1 - first;
    digits = digits.substring(first, last);
    if (value < 0) {
      out.append('-');
    }
    if (digits.length() == 2 && decimalExponent < SUBNORMAL_EXPONENT) {
      // Java prints at least two digits, also where one would do (4.9E-324); Go prints the one.
      int rounded = (Integer.parseInt(digits) + 5) / 10;
      if (Double.parseDouble(rounded + "E" + decimalExponent) == Math.abs(value)) {
        digits = rounded == 10 ? "1" : Integer.toString(rounded);
        decimalExponent += rounded == 10 ? 1 : 0;
      }
    }
    if (decimalExponent < MIN_PLAIN_EXPONENT || decimalExponent > MAX_PLAIN_EXPONENT) {
      appendScientific(out, digits, decimalExponent);
    } else {
      appendPlain(out, digits, decimalExponent);
    }
  }

  private static void appendScientific(StringBuilder out, String digits, int exponent) {
    out.append(digits.charAt(0));
    if (digits.length() > 1) {
      out.append('.').append(digits, 1, digits.length());
    }
    out.append('e').append(exponent < 0 ? '-' : '+');
    int magnitude = Math.abs(exponent);
    if (magnitude < 10) {
      out.append('0');
    }
    out.append(magnitude);
  }

  private static void appendPlain(StringBuilder out, String digits, int exponent) {
    if (exponent < 0) {
      out.append("0.").repeat('0', -exponent - 1).append(digits);
      return;
    }
    int whole = exponent + 1;
    if (digits.length() <= whole) {
      out.append(digits).repeat('0', whole - digits.length());
    } else {
      out.append(digits, 0, whole).append('.').append(digits, whole, digits.length());
    }
  }
}
