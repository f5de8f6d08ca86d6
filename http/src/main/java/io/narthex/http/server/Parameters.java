package io.narthex.http.server;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request: those of the form body, then those of the query string.
 *
 * <p>Decoded as Go decodes them: a pair with a bad escape or a semicolon is dropped, and the first
 * such error is kept, because some endpoints refuse the request for it and others do not.
 */
public final class Parameters {
  private final Map<String, List<String>> values = new LinkedHashMap<>();
  private String error = "";

  /** Decodes the form body (empty if there is none) and the query string. */
  public static Parameters of(String form, String query) {
    Parameters parameters = new Parameters();
    parameters.decode(form);
    parameters.decode(query);
    return parameters;
  }

  /** The first value, or the empty string where there is none. */
  public String first(String name) {
    List<String> all = values.get(name);
    return all == null ? "" : all.getFirst();
  }

  /** All values, in order. */
  public List<String> all(String name) {
    return Collections.unmodifiableList(values.getOrDefault(name, List.of()));
  }

  public boolean has(String name) {
    return values.containsKey(name);
  }

  public Set<String> names() {
    return Collections.unmodifiableSet(values.keySet());
  }

  /** Why some pair could not be decoded, in Go's words; empty where all could. */
  public String error() {
    return error;
  }

  private void decode(String encoded) {
    int start = 0;
    while (start < encoded.length()) {
      int end = encoded.indexOf('&', start);
      end = end < 0 ? encoded.length() : end;
      if (end > start) {
        decodePair(encoded.substring(start, end));
      }
      start = end + 1;
    }
  }

  private void decodePair(String pair) {
    if (pair.indexOf(';') >= 0) {
      fail("invalid semicolon separator in query");
      return;
    }
    int eq = pair.indexOf('=');
    String name = unescape(eq < 0 ? pair : pair.substring(0, eq), true);
    String value = eq < 0 ? "" : unescape(pair.substring(eq + 1), true);
    if (name == null || value == null) {
      String bad =
          badEscape(
              name == null
                  ? pair.substring(0, eq < 0 ? pair.length() : eq)
                  : pair.substring(eq + 1));
      fail("invalid URL escape \"" + bad + "\"");
      return;
    }
    values.computeIfAbsent(name, k -> new ArrayList<>(1)).add(value);
  }

  private void fail(String message) {
    if (error.isEmpty()) {
      error = message;
    }
  }

  private static String badEscape(String text) {
    for (int i = text.indexOf('%'); i >= 0; i = text.indexOf('%', i + 3)) {
      if (hex(text, i + 1) < 0 || hex(text, i + 2) < 0) {
        return text.substring(i, Math.min(text.length(), i + 3));
      }
    }
    throw new IllegalStateException("BUG: no bad escape in " + text);
  }

  /**
   * Undoes percent escapes, and plus signs for blanks if wanted; null where an escape is broken.
   */
  static @Nullable String unescape(String text, boolean plusIsBlank) {
    if (text.indexOf('%') < 0) {
      return plusIsBlank ? text.replace('+', ' ') : text;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length());
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      byte b = bytes[i];
      if (b == '%') {
        int high = i + 1 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
        int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
        if (high < 0 || low < 0) {
          return null;
        }
        out.write(high << 4 | low);
        i += 2;
      } else {
        out.write(plusIsBlank && b == '+' ? ' ' : b);
      }
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static int hex(String text, int index) {
    return index < text.length() ? Character.digit(text.charAt(index), 16) : -1;
  }
}
