package io.narthex.web.api.v1;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;

/** Times as Go writes them in JSON: RFC 3339, as many digits of the second as it has. */
final class Rfc3339 {
  /** A time that never was, which Go calls the zero time. */
  private static final String NEVER = "0001-01-01T00:00:00Z";

  private static final DateTimeFormatter FORMAT =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .appendOffset("+HH:MM", "Z")
          .toFormatter();

  private Rfc3339() {}

  static String utc(Instant time) {
    return format(time, ZoneOffset.UTC);
  }

  /** In the zone of this machine. */
  static String local(Instant time) {
    return format(time, ZoneId.systemDefault());
  }

  private static String format(Instant time, ZoneId zone) {
    return time.equals(Instant.MIN) ? NEVER : FORMAT.format(OffsetDateTime.ofInstant(time, zone));
  }
}
