package io.narthex.promql.explain;

import io.narthex.model.labels.Matcher;
import io.narthex.promql.syntax.PositionRange;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** The text of a query, whose positions count bytes of its UTF-8 form. */
final class QueryText {
  private static final int SHOWN = 200;

  private final byte[] bytes;

  /** A character a byte, so that the indexes of both agree. */
  private final String byBytes;

  QueryText(String query) {
    bytes = query.getBytes(StandardCharsets.UTF_8);
    byBytes = new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** The part of the query, cut where it is long. */
  String part(PositionRange position) {
    int start = Math.clamp(position.start(), 0, bytes.length);
    int end = Math.clamp(position.end(), start, bytes.length);
    if (end - start <= SHOWN) {
      return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }
    int cut = start + SHOWN;
    while (cut > start && (bytes[cut] & 0xc0) == 0x80) {
      cut--;
    }
    return new String(bytes, start, cut - start, StandardCharsets.UTF_8) + "…";
  }

  /** Where a matcher stands in its selector; the selector where it is written in another way. */
  PositionRange matcher(Matcher matcher, PositionRange selector) {
    Pattern written =
        Pattern.compile(
            "[\"']?"
                + quoted(matcher.name())
                + "[\"']?\\s*"
                + Pattern.quote(matcher.type().operator())
                + "\\s*([\"'`])"
                + quoted(matcher.value())
                + "\\1");
    java.util.regex.Matcher found = written.matcher(byBytes);
    int end = Math.min(selector.end(), byBytes.length());
    if (selector.start() > end) {
      return selector;
    }
    found.region(selector.start(), end);
    return found.find() ? new PositionRange(found.start(), found.end()) : selector;
  }

  private static String quoted(String text) {
    return Pattern.quote(
        new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
  }
}
