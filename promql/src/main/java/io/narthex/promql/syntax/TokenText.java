package io.narthex.promql.syntax;

import io.narthex.model.labels.GoQuote;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** How tokens and characters are named in error texts. */
final class TokenText {
  /** Number of the first histogram descriptor in Prometheus' token table, which shows in texts. */
  private static final int FIRST_DESCRIPTOR = 57370;

  private static final int FIRST_RESET_HINT = 57445;

  private TokenText() {}

  static String quote(String text) {
    return GoQuote.quote(text);
  }

  /** As Go's {@code %q} of a character: in single quotes, escaped where it must be. */
  static String quoteRune(int c) {
    if (c == Scanner.EOF) {
      return "'\uFFFD'";
    }
    if (c == '\'') {
      return "'\\''";
    }
    if (c == '"') {
      return "'\"'";
    }
    String quoted = GoQuote.quote(Character.toString(c));
    return "'" + quoted.substring(1, quoted.length() - 1) + "'";
  }

  /** As Go's {@code %#U}: {@code U+0063 'c'}; the character is left out where not printable. */
  static String codePoint(int c) {
    StringBuilder hex = new StringBuilder(Integer.toHexString(c).toUpperCase(Locale.ROOT));
    while (hex.length() < 4) {
      hex.insert(0, '0');
    }
    String quoted = c == '"' || c == '\\' ? "" : GoQuote.quote(Character.toString(c));
    boolean printable = !quoted.startsWith("\"\\");
    return "U+" + hex + (printable ? " '" + Character.toString(c) + "'" : "");
  }

  /** {@code identifier "foo"}, {@code <by>}, {@code <op:*>}, {@code end of input} …. */
  static String describe(TokenType type, String text) {
    return switch (type) {
      case EOF -> "end of input";
      case IDENTIFIER -> "identifier " + quote(text);
      case METRIC_IDENTIFIER -> "metric identifier " + quote(text);
      case COMMENT -> "comment " + shortened(text);
      case STRING -> "string " + shortened(text);
      case NUMBER -> "number " + shortened(text);
      case DURATION -> "duration " + shortened(text);
      default ->
          switch (type.kind()) {
            case KEYWORD -> "<" + text + ">";
            case OPERATOR -> "<op:" + text + ">";
            case AGGREGATOR -> "<aggr:" + text + ">";
            case PLAIN, PREPROCESSOR -> shortened(text);
            case DESCRIPTOR ->
                numbered(FIRST_DESCRIPTOR, type.ordinal() - TokenType.SUM_DESC.ordinal(), text);
            case RESET_HINT ->
                numbered(
                    FIRST_RESET_HINT,
                    type.ordinal() - TokenType.UNKNOWN_COUNTER_RESET.ordinal(),
                    text);
          };
    };
  }

  private static String numbered(int first, int offset, String text) {
    return "\"<Item " + (first + offset) + ">\" " + shortened(text);
  }

  /** Quoted, with more than ten characters cut off. */
  private static String shortened(String text) {
    if (text.getBytes(StandardCharsets.UTF_8).length <= 10) {
      return quote(text);
    }
    int tenth = text.offsetByCodePoints(0, Math.min(10, text.codePointCount(0, text.length())));
    return quote(text.substring(0, tenth)) + "...";
  }
}
