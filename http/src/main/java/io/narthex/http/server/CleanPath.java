package io.narthex.http.server;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/** Paths in their shortest form, without empty segments, {@code .} and {@code ..}. */
final class CleanPath {
  private static final String UNESCAPED = "-_.~$&+,/:;=@!'()*";
  private static final String HEX = "0123456789ABCDEF";

  private CleanPath() {}

  static String of(String path) {
    Deque<String> segments = new ArrayDeque<>();
    String last = "";
    for (String segment : path.split("/", -1)) {
      last = segment;
      switch (segment) {
        case "", "." -> {}
        case ".." -> segments.pollLast();
        default -> segments.addLast(segment);
      }
    }
    String clean = "/" + String.join("/", segments);
    boolean directory = last.isEmpty() && clean.length() > 1;
    return directory ? clean + "/" : clean;
  }

  /** The path as it may stand in a URL. */
  static String escape(String path) {
    StringBuilder out = new StringBuilder();
    for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (c < 0x80 && (Character.isLetterOrDigit(c) || UNESCAPED.indexOf(c) >= 0)) {
        out.append(c);
      } else {
        out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
      }
    }
    return out.toString();
  }
}
