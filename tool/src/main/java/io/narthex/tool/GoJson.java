package io.narthex.tool;

/** Texts in JSON, escaped as Go escapes what HTML may contain. */
public final class GoJson {
  private GoJson() {}

  public static void quote(StringBuilder to, String text) {
    to.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> to.append("\\\"");
        case '\\' -> to.append("\\\\");
        case '\b' -> to.append("\\b");
        case '\f' -> to.append("\\f");
        case '\n' -> to.append("\\n");
        case '\r' -> to.append("\\r");
        case '\t' -> to.append("\\t");
        case '<', '>', '&', '\u2028', '\u2029' -> escape(to, c);
        default -> {
          if (c < ' ') {
            escape(to, c);
          } else if (isLone(text, i)) {
            to.append("\\ufffd");
          } else {
            to.append(c);
          }
        }
      }
    }
    to.append('"');
  }

  /** Whether a surrogate has no partner: it stands for a byte that is no UTF-8. */
  private static boolean isLone(String text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
    }
    return Character.isLowSurrogate(c)
        && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
  }

  private static void escape(StringBuilder to, char c) {
    String digits = Integer.toHexString(c);
    to.append("\\u").repeat('0', 4 - digits.length()).append(digits);
  }
}
