package io.narthex.web.api.v1;

import io.narthex.model.labels.GoQuote;
import io.narthex.model.value.GoFloatParser;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A point in time as the API's parameters give it.
 *
 * @param seconds since the epoch
 * @param nanos within the second, not negative
 */
record ApiTime(long seconds, int nanos) implements Comparable<ApiTime> {
  private static final long NANOS = 1_000_000_000;

  /**
   * The seconds between the year 1 and the epoch, by which Prometheus' bounds stay inside what Go
   * can hold.
   */
  private static final long YEAR_ONE_TO_EPOCH = 62_135_596_801L;

  /** The start of a range that names none. */
  static final ApiTime MIN = new ApiTime(Long.MIN_VALUE / 1000 + YEAR_ONE_TO_EPOCH, 0);

  /** The end of a range that names none. */
  static final ApiTime MAX = new ApiTime(Long.MAX_VALUE / 1000 - YEAR_ONE_TO_EPOCH, 999_999_999);

  private static final String MIN_TEXT = "-292273086-05-16T16:47:06Z";
  private static final String MAX_TEXT = "292277025-08-18T07:12:54.999999999Z";

  private static final Pattern RFC_3339 =
      Pattern.compile(
          "(\\d{4})-(\\d\\d)-(\\d\\d)T(\\d\\d):(\\d\\d):(\\d\\d)(?:[.,](\\d+))?(?:Z|([+-])(\\d\\d):(\\d\\d))");

  /**
   * Seconds since the epoch as a number, kept to the millisecond, or a time as of RFC 3339.
   *
   * @throws IllegalArgumentException with Prometheus' message
   */
  static ApiTime parse(String text) {
    try {
      return ofSeconds(GoFloatParser.parse(text));
    } catch (NumberFormatException e) {
      // No number: perhaps a date.
    }
    Matcher match = RFC_3339.matcher(text);
    if (match.matches()) {
      try {
        return ofDate(match);
      } catch (DateTimeException e) {
        // Such as the 30th of February: refused below.
      }
    }
    return switch (text) {
      case MIN_TEXT -> MIN;
      case MAX_TEXT -> MAX;
      default ->
          throw new IllegalArgumentException(
              "cannot parse " + GoQuote.quote(text) + " to a valid timestamp");
    };
  }

  static ApiTime ofMillis(long millis) {
    return new ApiTime(
        Math.floorDiv(millis, 1000L), (int) Math.floorMod(millis, 1000L) * 1_000_000);
  }

  private static ApiTime ofSeconds(double value) {
    double whole = value < 0 ? Math.ceil(value) : Math.floor(value);
    double fraction = Double.isInfinite(value) ? 0 : value - whole;
    // The same steps as Prometheus takes, so that rounding agrees to the last millisecond.
    double rounded = Math.copySign(Math.floor(Math.abs(fraction) * 1000 + 0.5), fraction) / 1000;
    long nanos = (long) (rounded * NANOS);
    long seconds = clamp((long) whole);
    return new ApiTime(seconds + Math.floorDiv(nanos, NANOS), (int) Math.floorMod(nanos, NANOS));
  }

  private static long clamp(long seconds) {
    return Math.clamp(seconds, MIN.seconds, MAX.seconds);
  }

  private static ApiTime ofDate(Matcher match) {
    String fraction = match.group(7) == null ? "" : match.group(7);
    int nanos = Integer.parseInt((fraction + "000000000").substring(0, 9));
    LocalDateTime local =
        LocalDateTime.of(
            number(match, 1),
            number(match, 2),
            number(match, 3),
            number(match, 4),
            number(match, 5),
            number(match, 6),
            nanos);
    int offsetSeconds = 0;
    if (match.group(8) != null) {
      offsetSeconds = number(match, 9) * 3600 + number(match, 10) * 60;
      if (number(match, 9) > 24 || number(match, 10) >= 60) {
        throw new DateTimeException("offset out of range");
      }
      offsetSeconds = match.group(8).equals("-") ? -offsetSeconds : offsetSeconds;
    }
    OffsetDateTime utc = local.atOffset(ZoneOffset.UTC);
    return new ApiTime(utc.toEpochSecond() - offsetSeconds, nanos);
  }

  private static int number(Matcher match, int group) {
    return Integer.parseInt(match.group(group));
  }

  /** Milliseconds since the epoch, rounded down. */
  long millis() {
    return seconds * 1000 + nanos / 1_000_000;
  }

  /**
   * As the engine counts: what 64 bits of nanoseconds hold of it, so beyond the year 2262 it starts
   * anew.
   */
  long queryMillis() {
    return (seconds * NANOS + nanos) / 1_000_000;
  }

  /** Nanoseconds from an earlier time to this one, as many as 64 bits hold. */
  long nanosSince(ApiTime earlier) {
    BigInteger difference =
        BigInteger.valueOf(seconds - earlier.seconds)
            .multiply(BigInteger.valueOf(NANOS))
            .add(BigInteger.valueOf(nanos - earlier.nanos));
    return difference.bitLength() < Long.SIZE ? difference.longValue() : Long.MAX_VALUE;
  }

  @Override
  public int compareTo(ApiTime that) {
    int c = Long.compare(seconds, that.seconds);
    return c != 0 ? c : Integer.compare(nanos, that.nanos);
  }
}
