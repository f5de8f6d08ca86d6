package io.narthex.web.api.v1;

/**
 * Label names in URLs: a name that begins with {@code U__} is escaped, {@code _2E_} standing for
 * the character U+002E and two underscores for one.
 */
final class EscapedName {
  private static final String PREFIX = "U__";
  private static final int MAX_HEX_DIGITS = 5;

  private EscapedName() {}

  /** The name that is meant; one that is not well escaped stands for itself. */
  static String unescape(String name) {
    if (!name.startsWith(PREFIX)) {
      return name;
    }
    StringBuilder out = new StringBuilder(name.length());
    int i = PREFIX.length();
    while (i < name.length()) {
      char c = name.charAt(i);
      if (c != '_') {
        out.append(c);
        i++;
      } else if (name.startsWith("__", i)) {
        out.append('_');
        i += 2;
      } else {
        int end = name.indexOf('_', i + 1);
        int codePoint = end < 0 ? -1 : codePoint(name.substring(i + 1, end));
        if (codePoint < 0) {
          return name;
        }
        out.appendCodePoint(codePoint);
        i = end + 1;
      }
    }
    return out.toString();
  }

  private static int codePoint(String hex) {
    if (hex.isEmpty() || hex.length() > MAX_HEX_DIGITS) {
      return -1;
    }
    int value = 0;
    for (int i = 0; i < hex.length(); i++) {
      int digit = Character.digit(hex.charAt(i), 16);
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    boolean surrogate = value >= Character.MIN_SURROGATE && value <= Character.MAX_SURROGATE;
    return Character.isValidCodePoint(value) && !surrogate ? value : -1;
  }
}
