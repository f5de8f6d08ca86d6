package io.narthex.server.logging;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Builds one line as Go's {@code log/slog} does in Prometheus: {@code time=… level=INFO source=…
 * msg="…" key=value}, or the same as a JSON object.
 */
final class LogLine {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final LogFormat format;
  private final StringBuilder out = new StringBuilder(160);

  LogLine(LogFormat format) {
    this.format = format;
    if (format == LogFormat.JSON) {
      out.append('{');
    }
  }

  LogLine time(Instant time) {
    return put("time", TIME.format(time));
  }

  LogLine put(String key, String value) {
    if (out.length() > 1) {
      out.append(format == LogFormat.JSON ? ',' : ' ');
    }
    switch (format) {
      case JSON -> {
        quote(key);
        out.append(':');
        quote(value);
      }
      case LOGFMT -> {
        out.append(key.replace(' ', '_')).append('=');
        if (needsQuotes(value)) {
          quote(value);
        } else {
          out.append(value);
        }
      }
    }
    return this;
  }

  String finish() {
    return (format == LogFormat.JSON ? out.append('}') : out).append('\n').toString();
  }

  private static boolean needsQuotes(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c <= ' ' || c == '=' || c == '"' || c == '\\' || c > 0x7e) {
        return true;
      }
    }
    return value.isEmpty();
  }

  private void quote(String value) {
    out.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ') {
            out.append("\\u00")
                .append(Character.forDigit(c >> 4, 16))
                .append(Character.forDigit(c & 15, 16));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
