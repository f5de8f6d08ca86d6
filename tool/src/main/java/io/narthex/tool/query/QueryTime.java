package io.narthex.tool.query;

import io.narthex.model.labels.GoQuote;
import io.narthex.model.value.GoFloat;
import io.narthex.model.value.GoFloatParser;
import io.narthex.tool.ToolException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * A point in time as command lines give it.
 *
 * @param second since the epoch
 * @param nano within the second
 */
public record QueryTime(long second, int nano) implements Comparable<QueryTime> {
  private static final long NANOS = 1_000_000_000;

  /**
   * Seconds since the epoch, or a date as of RFC 3339.
   *
   * @throws ToolException where it is neither
   */
  public static QueryTime parse(String text) {
    try {
      double seconds = GoFloatParser.parse(text);
      long whole = (long) seconds;
      long nanos = (long) ((seconds - whole) * NANOS);
      return new QueryTime(whole + Math.floorDiv(nanos, NANOS), (int) Math.floorMod(nanos, NANOS));
    } catch (NumberFormatException e) {
      // Perhaps a date.
    }
    try {
      return of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      throw new ToolException("cannot parse " + GoQuote.quote(text) + " to a valid timestamp", e);
    }
  }

  public static QueryTime of(Instant time) {
    return new QueryTime(time.getEpochSecond(), time.getNano());
  }

  public QueryTime plusSeconds(long more) {
    return new QueryTime(second + more, nano);
  }

  /** Seconds as the API takes them. */
  public String parameter() {
    return GoFloat.plain(seconds());
  }

  public double seconds() {
    return second + nano / 1e9;
  }

  @Override
  public int compareTo(QueryTime other) {
    int bySecond = Long.compare(second, other.second);
    return bySecond == 0 ? Integer.compare(nano, other.nano) : bySecond;
  }
}
