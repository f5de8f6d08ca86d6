package io.narthex.web.api.v1;

import io.narthex.model.labels.GoQuote;

/** Reads integers and booleans as Go's `strconv` does, with its messages. */
final class GoInteger {
  private GoInteger() {}

  /**
   * A 64-bit integer.
   *
   * @throws NumberFormatException with Go's message
   */
  static long atoi(String text) {
    return parse("Atoi", text, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /**
   * A 32-bit integer.
   *
   * @throws NumberFormatException with Go's message
   */
  static int parseInt32(String text) {
    return (int) parse("ParseInt", text, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  /**
   * {@code 1 t T TRUE true True} and their opposites.
   *
   * @throws NumberFormatException with Go's message
   */
  static boolean parseBool(String text) {
    return switch (text) {
      case "1", "t", "T", "TRUE", "true", "True" -> true;
      case "0", "f", "F", "FALSE", "false", "False" -> false;
      default -> throw failure("ParseBool", text, "invalid syntax");
    };
  }

  private static long parse(String function, String text, long min, long max) {
    int digits = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    if (text.length() == digits || !text.chars().skip(digits).allMatch(c -> c >= '0' && c <= '9')) {
      throw failure(function, text, "invalid syntax");
    }
    try {
      long value = Long.parseLong(text);
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      // All digits, so there are too many of them: refused below.
    }
    throw failure(function, text, "value out of range");
  }

  private static NumberFormatException failure(String function, String text, String reason) {
    return new NumberFormatException(
        "strconv." + function + ": parsing " + GoQuote.quote(text) + ": " + reason);
  }
}
