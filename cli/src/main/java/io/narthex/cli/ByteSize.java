package io.narthex.cli;

import java.util.Locale;

/** Sizes as {@code 512MB}: powers of 1024, a unit required. */
public final class ByteSize {
  private static final String[] UNITS = {"B", "KB", "MB", "GB", "TB", "PB", "EB"};

  private ByteSize() {}

  /**
   * @throws IllegalArgumentException where the text is no size
   */
  public static long parse(String text) {
    int digits = 0;
    while (digits < text.length()
        && (Character.isDigit(text.charAt(digits)) || text.charAt(digits) == '.')) {
      digits++;
    }
    String unit = text.substring(digits).toUpperCase(Locale.ROOT);
    if (unit.endsWith("IB")) {
      unit = unit.charAt(0) + "B";
    }
    for (int i = 0; i < UNITS.length; i++) {
      if (UNITS[i].equals(unit) && digits > 0) {
        return (long) (Double.parseDouble(text.substring(0, digits)) * (1L << (10 * i)));
      }
    }
    throw new IllegalArgumentException(
        "units: unknown unit "
            + text.substring(digits)
            + " in "
            + text
            + " (use B, KB, MB, GB, TB, PB or EB)");
  }
}
