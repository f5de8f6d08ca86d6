package io.narthex.model.time;

import io.narthex.model.labels.GoQuote;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Durations as Go's {@code time.Duration} reads and prints them: {@code 36h0m0s}, {@code 1.5s}. */
public final class GoDuration {
  private static final String[] UNITS = {"ns", "us", "µs", "μs", "ms", "s", "m", "h"};
  private static final long[] NANOS = {
    1, 1_000, 1_000, 1_000, 1_000_000, 1_000_000_000, 60_000_000_000L, 3_600_000_000_000L
  };
  private static final long SECOND = 1_000_000_000L;

  private GoDuration() {}

  /**
   * Nanoseconds of numbers with units, a sign before them all.
   *
   * @throws IllegalArgumentException with Go's message
   */
  public static long parseNanos(String text) {
    boolean negative = text.startsWith("-");
    int at = negative || text.startsWith("+") ? 1 : 0;
    if (text.substring(at).equals("0")) {
      return 0;
    }
    if (at == text.length()) {
      throw invalid(text);
    }
    BigDecimal total = BigDecimal.ZERO;
    while (at < text.length()) {
      int unit = numberEnd(text, at);
      int end = unit;
      while (end < text.length() && !isNumberPart(text.charAt(end))) {
        end++;
      }
      String number = text.substring(at, unit);
      if (number.isEmpty() || number.equals(".")) {
        throw invalid(text);
      }
      BigDecimal nanos =
          new BigDecimal(number)
              .multiply(BigDecimal.valueOf(unit(text, text.substring(unit, end))));
      total = total.add(nanos.setScale(0, RoundingMode.DOWN));
      at = end;
    }
    try {
      return (negative ? total.negate() : total).longValueExact();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("time: invalid duration " + GoQuote.quote(text), e);
    }
  }

  private static int numberEnd(String text, int from) {
    int at = from;
    int points = 0;
    while (at < text.length() && isNumberPart(text.charAt(at))) {
      points += text.charAt(at) == '.' ? 1 : 0;
      if (points > 1) {
        break;
      }
      at++;
    }
    return at;
  }

  private static boolean isNumberPart(char c) {
    return c == '.' || (c >= '0' && c <= '9');
  }

  private static long unit(String text, String name) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("time: missing unit in duration " + GoQuote.quote(text));
    }
    for (int i = 0; i < UNITS.length; i++) {
      if (UNITS[i].equals(name)) {
        return NANOS[i];
      }
    }
    throw new IllegalArgumentException(
        "time: unknown unit " + GoQuote.quote(name) + " in duration " + GoQuote.quote(text));
  }

  private static IllegalArgumentException invalid(String text) {
    return new IllegalArgumentException("time: invalid duration " + GoQuote.quote(text));
  }

  /** Hours, minutes and seconds; below a second the largest unit that leaves no zero in front. */
  public static String format(long nanos) {
    if (nanos == 0) {
      return "0s";
    }
    String sign = nanos < 0 ? "-" : "";
    long abs = Math.abs(nanos);
    if (abs > 0 && abs < SECOND) {
      int unit = abs < 1_000 ? 0 : abs < 1_000_000 ? 2 : 4;
      return sign + decimal(abs, NANOS[unit]) + UNITS[unit];
    }
    // Unsigned, for the smallest duration has no positive counterpart.
    long seconds = Long.divideUnsigned(abs, SECOND);
    long hours = seconds / 3_600;
    long minutes = seconds / 60 % 60;
    String rest =
        decimal(Long.remainderUnsigned(abs, SECOND) + seconds % 60 * SECOND, SECOND) + "s";
    if (hours > 0) {
      return sign + hours + "h" + minutes + "m" + rest;
    }
    return minutes > 0 ? sign + minutes + "m" + rest : sign + rest;
  }

  private static String decimal(long nanos, long unit) {
    return BigDecimal.valueOf(nanos)
        .divide(BigDecimal.valueOf(unit))
        .stripTrailingZeros()
        .toPlainString();
  }
}
