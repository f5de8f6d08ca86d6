package io.narthex.cli;

import io.narthex.model.time.GoDuration;
import io.narthex.model.time.PromDuration;

/** Whether a flag's value is of its kind. */
final class FlagChecks {
  private FlagChecks() {}

  /**
   * @throws IllegalArgumentException where it is not; the message says why
   */
  static void check(Flag flag, String value) {
    switch (flag.kind()) {
      case DURATION -> PromDuration.parseMillis(value);
      case GO_DURATION -> GoDuration.parseNanos(value);
      case SIZE -> ByteSize.parse(value);
      case INTEGER -> integer(value);
      case NUMBER -> number(value);
      case CHOICE -> {
        if (!flag.choices().contains(value)) {
          throw new IllegalArgumentException(choiceError(flag, value));
        }
      }
      case PAIR -> {
        if (value.indexOf('=') < 0) {
          throw new IllegalArgumentException("expected KEY=VALUE got '" + value + "'");
        }
      }
      case TEXT, BOOLEAN -> {}
    }
  }

  private static void integer(String value) {
    try {
      Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "strconv.ParseInt: parsing \"" + value + "\": invalid syntax", e);
    }
  }

  private static void number(String value) {
    try {
      Double.parseDouble(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "strconv.ParseFloat: parsing \"" + value + "\": invalid syntax", e);
    }
  }

  private static String choiceError(Flag flag, String value) {
    return switch (flag.name()) {
      case "log.level" -> "unrecognized log level " + value;
      case "log.format" -> "unrecognized log format " + value;
      default ->
          "enum value must be one of " + String.join(",", flag.choices()) + ", got '" + value + "'";
    };
  }
}
