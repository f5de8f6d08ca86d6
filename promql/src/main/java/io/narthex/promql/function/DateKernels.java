package io.narthex.promql.function;

import java.time.LocalDate;

/** Calendar functions of times in seconds since the epoch, in UTC. */
public final class DateKernels {
  private static final long DAY_SECONDS = 86_400;
  private static final long DAYS_IN_400_YEARS = 146_097;

  private DateKernels() {}

  /** The function of that name. */
  public static ElementKernel of(String name) {
    return (in, out, n) -> {
      for (int k = 0; k < n; k++) {
        out[k] = Math.abs(in[k]) < 0x1p63 ? value(name, (long) in[k]) : outside(name);
      }
    };
  }

  /** What the functions yield for seconds that 64 bits cannot hold, and for NaN. */
  private static double outside(String name) {
    return switch (name) {
      case "hour" -> 15;
      case "minute" -> 30;
      case "day_of_week" -> 0;
      case "day_of_month" -> 4;
      case "day_of_year" -> 339;
      case "days_in_month" -> 31;
      case "month" -> 12;
      case "year" -> 292277026596.0;
      default -> throw new IllegalArgumentException("BUG: no such function: " + name);
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
    // The calendar repeats every 400 years.
    LocalDate date = LocalDate.ofEpochDay(Math.floorMod(day, DAYS_IN_400_YEARS));
    return switch (name) {
      case "day_of_month" -> date.getDayOfMonth();
      case "day_of_year" -> date.getDayOfYear();
      case "days_in_month" -> date.lengthOfMonth();
      case "month" -> date.getMonthValue();
      case "year" -> date.getYear() + 400.0 * Math.floorDiv(day, DAYS_IN_400_YEARS);
      default -> throw new IllegalArgumentException("BUG: no such function: " + name);
    };
  }
}
