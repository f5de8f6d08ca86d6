package io.narthex.promql.syntax;

import java.nio.charset.StandardCharsets;

/**
 * The query cannot be parsed or makes no sense. The message is Prometheus': {@code 1:5: parse
 * error: …}, line and column from 1, columns counted in bytes.
 */
public final class ParseException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient PositionRange position;
  private final String detail;

  ParseException(byte[] query, PositionRange position, String detail) {
    super(place(query, position.start()) + ": parse error: " + detail, null, false, false);
    this.position = position;
    this.detail = detail;
  }

  /** The part of the query at fault. */
  public PositionRange position() {
    return position;
  }

  /** The message without position and {@code parse error:}. */
  public String detail() {
    return detail;
  }

  /** {@code line:column} of a byte offset in a query, as used in errors and annotations. */
  public static String place(String query, int offset) {
    return place(query.getBytes(StandardCharsets.UTF_8), offset);
  }

  private static String place(byte[] query, int offset) {
    if (query.length == 0) {
      return "unknown position";
    }
    if (offset < 0 || offset > query.length) {
      return "invalid position";
    }
    int line = 1;
    int lineBreak = -1;
    for (int i = 0; i < offset; i++) {
      if (query[i] == '\n') {
        line++;
        lineBreak = i;
      }
    }
    return line + ":" + (offset - lineBreak);
  }
}
