package io.narthex.model.time;

import java.util.Optional;

/**
 * Durations as Prometheus writes them: {@code 1h30m}, units {@code y w d h m s ms} in that order,
 * each once, or {@code 0}.
 */
public final class PromDuration {
  private static final String[] UNITS = {"y", "w", "d", "h", "m", "s", "ms"};
  private static final long[] MILLIS = {
    365L * 86_400_000, 7L * 86_400_000, 86_400_000, 3_600_000, 60_000, 1_000, 1
  };

  private PromDuration() {}

  /**
   * Milliseconds of a duration.
   *
   * @throws IllegalArgumentException with Prometheus' message
   */
  public static long parseMillis(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("empty duration string");
    }
    if (text.equals("0")) {
      return 0;
    }
    long total = 0;
    Optional<RuntimeException> tooLarge = Optional.empty();
    int at = 0;
    int unit = 0;
    while (at < text.length()) {
      int digits = at;
      while (digits < text.length()
          && Character.digit(text.charAt(digits), 10) >= 0
          && text.charAt(digits) < 128) {
        digits++;
      }
      int end = digits;
      while (end < text.length() && (text.charAt(end) < '0' || text.charAt(end) > '9')) {
        end++;
      }
      String name = text.substring(digits, end);
      while (unit < UNITS.length && !UNITS[unit].equals(name)) {
        unit++;
      }
      if (unit == UNITS.length || digits == at) {
        throw new IllegalArgumentException(
            "not a valid duration string: " + io.narthex.model.labels.GoQuote.quote(text));
      }
      try {
        total =
            Math.addExact(
                total,
                Math.multiplyExact(Long.parseLong(text.substring(at, digits)), MILLIS[unit]));
        // Prometheus keeps nanoseconds in 64 bits.
        Math.multiplyExact(total, 1_000_000L);
      } catch (ArithmeticException | NumberFormatException e) {
        // What follows may be wrong in another way, which is told first.
        tooLarge = Optional.of(e);
        total = 0;
      }
      unit++;
      at = end;
    }
    if (tooLarge.isPresent()) {
      throw new IllegalArgumentException("duration out of range", tooLarge.get());
    }
    return total;
  }

  /**
   * The shortest form that parses back: {@code 90000 -> 1m30s}, {@code 0 -> 0s}; years and weeks
   * only where exact.
   */
  public static String format(long millis) {
    if (millis == 0) {
      return "0s";
    }
    StringBuilder out = new StringBuilder();
    long rest = millis;
    if (rest < 0) {
      out.append('-');
      rest = -rest;
    }
    for (int i = 0; i < UNITS.length; i++) {
      boolean onlyExact = i < 2 || UNITS[i].equals("d");
      if (onlyExact && i < 2 && rest % MILLIS[i] != 0) {
        continue;
      }
      long count = rest / MILLIS[i];
      if (count > 0) {
        out.append(count).append(UNITS[i]);
        rest -= count * MILLIS[i];
      }
    }
    return out.toString();
  }
}
