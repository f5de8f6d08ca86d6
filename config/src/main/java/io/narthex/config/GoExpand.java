package io.narthex.config;

import java.util.Map;

/** Expands {@code $VAR} and {@code ${VAR}} as Go's os.Expand does; {@code $$} is a dollar sign. */
final class GoExpand {
  private static final String SPECIAL = "*#$@!?-0123456789";

  private GoExpand() {}

  static String expand(String text, Map<String, String> environment) {
    if (text.indexOf('$') < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c != '$' || at + 1 == text.length()) {
        out.append(c);
        at++;
        continue;
      }
      int end = nameEnd(text, at + 1);
      boolean braces = text.charAt(at + 1) == '{';
      if (end == at + 1) {
        // A dollar sign before anything else stays.
        out.append('$');
      } else {
        String name =
            braces && text.charAt(end - 1) == '}'
                ? text.substring(at + 2, end - 1)
                : braces ? "" : text.substring(at + 1, end);
        out.append(name.equals("$") ? "$" : environment.getOrDefault(name, ""));
      }
      at = end;
    }
    return out.toString();
  }

  /** Where the name that starts here ends, its braces included. */
  private static int nameEnd(String text, int start) {
    char first = text.charAt(start);
    if (first == '{') {
      boolean special =
          start + 2 < text.length()
              && SPECIAL.indexOf(text.charAt(start + 1)) >= 0
              && text.charAt(start + 2) == '}';
      if (special) {
        return start + 3;
      }
      int close = text.indexOf('}', start);
      return close < 0 ? start + 1 : close + 1;
    }
    if (SPECIAL.indexOf(first) >= 0) {
      return start + 1;
    }
    int end = start;
    while (end < text.length() && isNamePart(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isNamePart(char c) {
    return c == '_' || (c < 128 && Character.isLetterOrDigit(c));
  }
}
