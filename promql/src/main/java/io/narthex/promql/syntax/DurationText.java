package io.narthex.promql.syntax;

import io.narthex.model.labels.GoQuote;

/** Duration literals, to the nanosecond, with the error texts that queries show. */
final class DurationText {
  private static final String[] UNITS = {"y", "w", "d", "h", "m", "s", "ms"};
  private static final long[] NANOS = {
    31_536_000_000_000_000L,
    604_800_000_000_000L,
    86_400_000_000_000L,
    3_600_000_000_000L,
    60_000_000_000L,
    1_000_000_000L,
    1_000_000L
  };

  private DurationText() {}

  /**
   * @throws IllegalArgumentException with Prometheus' message
   */
  static long parseNanos(String text) {
    long total = 0;
    int lastUnit = -1;
    int at = 0;
    while (at < text.length()) {
      int unitStart = at;
      while (unitStart < text.length() && Scanner.isDigit(text.charAt(unitStart))) {
        unitStart++;
      }
      int end = unitStart;
      while (end < text.length() && !Scanner.isDigit(text.charAt(end))) {
        end++;
      }
      if (unitStart == at || end == unitStart || unitStart - at > 19) {
        throw invalid(text);
      }
      int unit = unit(text, text.substring(unitStart, end));
      if (unit <= lastUnit) {
        throw invalid(text);
      }
      lastUnit = unit;
      try {
        long count = Long.parseLong(text, at, unitStart, 10);
        total = Math.addExact(total, Math.multiplyExact(count, NANOS[unit]));
      } catch (ArithmeticException | NumberFormatException e) {
        throw new IllegalArgumentException("duration out of range", e);
      }
      at = end;
    }
    return total;
  }

  private static int unit(String text, String name) {
    for (int i = 0; i < UNITS.length; i++) {
      if (UNITS[i].equals(name)) {
        return i;
      }
    }
    throw new IllegalArgumentException(
        "unknown unit " + GoQuote.quote(name) + " in duration " + GoQuote.quote(text));
  }

  private static IllegalArgumentException invalid(String text) {
    return new IllegalArgumentException("not a valid duration string: " + GoQuote.quote(text));
  }
}
