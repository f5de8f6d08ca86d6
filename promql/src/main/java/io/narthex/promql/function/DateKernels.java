package io.narthex.promql.function;

import java.time.LocalDate;

/** Calendar functions of times in seconds since the epoch, in UTC. */
public final class DateKernels {
  private static final long DAY_SECONDS = 86_400;

  private DateKernels() {}

  /** The function of that name. */
  public static ElementKernel of(String name) {
    return (in, out, n) -> {
      for (int k = 0; k < n; k++) {
        out[k] = value(name, (long) in[k]);
      }
    };
  }

  private static double value(String name, long seconds) {
    long secondOfDay = Math.floorMod(seconds, DAY_SECONDS);
    if (name.equals("hour")) {
      return secondOfDay / 3600;
    }
    if (name.equals("minute")) {
      return secondOfDay % 3600 / 60;
    }
    long day = Math.floorDiv(seconds, DAY_SECONDS);
    if (name.equals("day_of_week")) {
      return Math.floorMod(day + 4, 7);
    }
    LocalDate date =
        LocalDate.ofEpochDay(
            Math.clamp(day, LocalDate.MIN.toEpochDay(), LocalDate.MAX.toEpochDay()));
    return switch (name) {
      case "day_of_month" -> date.getDayOfMonth();
      case "day_of_year" -> date.getDayOfYear();
      case "days_in_month" -> date.lengthOfMonth();
      case "month" -> date.getMonthValue();
      case "year" -> date.getYear();
      default -> throw new IllegalArgumentException("BUG: no such function: " + name);
    };
  }
}
