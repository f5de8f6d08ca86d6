package io.narthex.exposition.negotiation;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Reads a media type with its parameters, with the errors of Go's {@code mime} package. */
final class MediaType {
  private static final String INVALID_PARAMETER = "mime: invalid media parameter";

  private final String input;
  private int at;

  private MediaType(String input, int from) {
    this.input = input;
    this.at = from;
  }

  /**
   * The media type in lower case, without parameters.
   *
   * @throws IllegalArgumentException in Go's words
   */
  static String parse(String text) {
    int semicolon = text.indexOf(';');
    int end = semicolon < 0 ? text.length() : semicolon;
    String base = text.substring(0, end).toLowerCase(Locale.ROOT).strip();
    checkBase(base);
    new MediaType(text, end).parameters();
    return base;
  }

  private static void checkBase(String base) {
    MediaType scan = new MediaType(base, 0);
    if (scan.token().isEmpty()) {
      throw new IllegalArgumentException("mime: no media type");
    }
    if (scan.atEnd()) {
      return;
    }
    if (!scan.take('/')) {
      throw new IllegalArgumentException("mime: expected slash after first token");
    }
    if (scan.token().isEmpty()) {
      throw new IllegalArgumentException("mime: expected token after slash");
    }
    if (!scan.atEnd()) {
      throw new IllegalArgumentException("mime: unexpected content after media subtype");
    }
  }

  private void parameters() {
    Map<String, String> seen = new HashMap<>();
    blanks();
    while (!atEnd()) {
      int before = at;
      String name = parameterName();
      if (name.isEmpty()) {
        if (input.substring(before).strip().equals(";")) {
          return;
        }
        throw new IllegalArgumentException(INVALID_PARAMETER);
      }
      String value = value();
      String earlier = seen.putIfAbsent(name, value);
      if (earlier != null && !earlier.equals(value)) {
        throw new IllegalArgumentException("mime: duplicate parameter name");
      }
      blanks();
    }
  }

  /** Reads {@code ; name =}; empty where it is malformed. */
  private String parameterName() {
    if (!take(';')) {
      return "";
    }
    blanks();
    String name = token().toLowerCase(Locale.ROOT);
    blanks();
    if (name.isEmpty() || !take('=')) {
      return "";
    }
    blanks();
    return name;
  }

  private String value() {
    if (!take('"')) {
      String value = token();
      if (value.isEmpty()) {
        throw new IllegalArgumentException(INVALID_PARAMETER);
      }
      return value;
    }
    StringBuilder out = new StringBuilder();
    while (!atEnd()) {
      char c = input.charAt(at++);
      if (c == '"') {
        return out.toString();
      }
      if (c == '\\' && !atEnd() && !isTokenChar(input.charAt(at))) {
        c = input.charAt(at++);
      }
      if (c == '\r' || c == '\n') {
        break;
      }
      out.append(c);
    }
    throw new IllegalArgumentException(INVALID_PARAMETER);
  }

  private String token() {
    int from = at;
    while (!atEnd() && isTokenChar(input.charAt(at))) {
      at++;
    }
    return input.substring(from, at);
  }

  private static boolean isTokenChar(char c) {
    return c > ' ' && c < 0x7f && "()<>@,;:\\\"/[]?=".indexOf(c) < 0;
  }

  private void blanks() {
    while (!atEnd() && Character.isWhitespace(input.charAt(at))) {
      at++;
    }
  }

  private boolean take(char c) {
    if (atEnd() || input.charAt(at) != c) {
      return false;
    }
    at++;
    return true;
  }

  private boolean atEnd() {
    return at >= input.length();
  }
}
