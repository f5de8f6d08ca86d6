package io.narthex.server.queries;

import io.narthex.web.json.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What stands in a slot of {@code queries.active}: the query's text and when it began, as JSON. */
final class ActiveQueryEntry {
  private ActiveQueryEntry() {}

  /**
   * The entry, with as much of the query as fits into so many bytes.
   *
   * @param seconds since the epoch
   */
  static byte[] of(String query, long seconds, int maxBytes) {
    int room = maxBytes - json("", seconds).length;
    String kept = cut(query, Math.min(query.length(), room));
    byte[] entry = json(kept, seconds);
    while (entry.length > maxBytes) {
      // What is escaped takes up to six bytes, so this never cuts more than it must.
      int tooMany = Math.max(1, (entry.length - maxBytes) / 6);
      kept = cut(kept, kept.length() - tooMany);
      entry = json(kept, seconds);
    }
    return entry;
  }

  /** At most the first so many characters, with no half of a surrogate pair at the end. */
  private static String cut(String text, int length) {
    boolean halves =
        length > 0 && length < text.length() && Character.isHighSurrogate(text.charAt(length - 1));
    return text.substring(0, halves ? length - 1 : length);
  }

  private static byte[] json(String query, long seconds) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
    byte[] buffer = new byte[1024];
    JsonWriter json = new JsonWriter(out, buffer);
    try {
      json.beginObject().name("query").text(query);
      json.name("timestamp_sec").number(seconds).endObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out.write(buffer, 0, json.buffered());
    return out.toByteArray();
  }
}
