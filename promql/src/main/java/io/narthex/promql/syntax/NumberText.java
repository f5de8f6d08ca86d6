package io.narthex.promql.syntax;

/**
 * Number literals: decimal, {@code 0x} hexadecimal, {@code 0} octal integers, decimal floats;
 * underscores between digits.
 */
final class NumberText {
  private NumberText() {}

  /**
   * @throws NumberFormatException with Go's reason
   */
  static double parse(String text) {
    String digits = withoutUnderscores(text);
    boolean hexadecimal = digits.startsWith("0x") || digits.startsWith("0X");
    if (hexadecimal) {
      return integer(digits.substring(2), 16);
    }
    if (digits.length() > 1 && digits.charAt(0) == '0' && isOctal(digits)) {
      try {
        return Long.parseLong(digits, 8);
      } catch (NumberFormatException e) {
        return decimal(digits);
      }
    }
    return decimal(digits);
  }

  private static double integer(String digits, int base) {
    try {
      return Long.parseLong(digits, base);
    } catch (NumberFormatException e) {
      throw new NumberFormatException("invalid syntax");
    }
  }

  private static double decimal(String text) {
    if (text.equalsIgnoreCase("inf")) {
      return Double.POSITIVE_INFINITY;
    }
    if (text.equalsIgnoreCase("nan")) {
      return Double.NaN;
    }
    double value;
    try {
      value = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new NumberFormatException("invalid syntax");
    }
    if (Double.isInfinite(value)) {
      throw new NumberFormatException("value out of range");
    }
    return value;
  }

  private static boolean isOctal(String digits) {
    for (int i = 0; i < digits.length(); i++) {
      if (digits.charAt(i) < '0' || digits.charAt(i) > '7') {
        return false;
      }
    }
    return true;
  }

  private static String withoutUnderscores(String text) {
    if (text.indexOf('_') < 0) {
      return text;
    }
    StringBuilder digits = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '_') {
        digits.append(c);
      } else if (!separates(text, i)) {
        throw new NumberFormatException("invalid syntax");
      }
    }
    return digits.toString();
  }

  /** Between two digits, or between the prefix of a hexadecimal number and its first digit. */
  private static boolean separates(String text, int i) {
    return i > 0
        && i + 1 < text.length()
        && Character.isLetterOrDigit(text.charAt(i - 1))
        && Character.isLetterOrDigit(text.charAt(i + 1));
  }
}
