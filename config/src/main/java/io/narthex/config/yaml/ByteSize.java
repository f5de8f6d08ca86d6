package io.narthex.config.yaml;

import java.util.Map;

/** Sizes such as {@code 10MB} or {@code 1.5GiB}; every unit is a power of 1024, as upstream. */
public final class ByteSize {
  private static final String[] PREFIXES = {"", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"};
  private static final Map<String, Long> UNITS =
      Map.ofEntries(
          Map.entry("B", 1L),
          Map.entry("KB", 1L << 10),
          Map.entry("MB", 1L << 20),
          Map.entry("GB", 1L << 30),
          Map.entry("TB", 1L << 40),
          Map.entry("PB", 1L << 50),
          Map.entry("EB", 1L << 60),
          Map.entry("KiB", 1L << 10),
          Map.entry("MiB", 1L << 20),
          Map.entry("GiB", 1L << 30),
          Map.entry("TiB", 1L << 40),
          Map.entry("PiB", 1L << 50),
          Map.entry("EiB", 1L << 60));

  private ByteSize() {}

  /**
   * Bytes of a size.
   *
   * @throws IllegalArgumentException with Prometheus' message
   */
  public static long parse(String text) {
    int at = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    if (text.substring(at).equals("0")) {
      return 0;
    }
    double total = 0;
    int start = at;
    do {
      int digits = start;
      while (digits < text.length() && isNumeric(text.charAt(digits))) {
        digits++;
      }
      int end = digits;
      while (end < text.length() && !isNumeric(text.charAt(end))) {
        end++;
      }
      double number = number(text, start, digits);
      Long unit = UNITS.get(text.substring(digits, end));
      if (unit == null) {
        throw new IllegalArgumentException(
            "units: unknown unit " + text.substring(digits, end) + " in " + text);
      }
      total += number * unit;
      start = end;
    } while (start < text.length());
    if (total > Long.MAX_VALUE) {
      throw new IllegalArgumentException("units: overflow parsing unit");
    }
    return (long) (text.startsWith("-") ? -total : total);
  }

  private static double number(String text, int start, int end) {
    try {
      return Double.parseDouble(text.substring(start, end));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("units: invalid " + text, e);
    }
  }

  private static boolean isNumeric(char c) {
    return c == '.' || (c >= '0' && c <= '9');
  }

  /** The form that is printed: {@code 15MiB}, {@code 1GiB512MiB}, {@code 0B}. */
  public static String format(long bytes) {
    if (bytes == 0) {
      return "0B";
    }
    StringBuilder out = new StringBuilder();
    for (int i = PREFIXES.length - 1; i >= 0; i--) {
      long count = (bytes >> (10 * i)) & (i == PREFIXES.length - 1 ? -1L : 1023L);
      if (count != 0) {
        out.append(count).append(PREFIXES[i]).append('B');
      }
    }
    return out.toString();
  }
}
