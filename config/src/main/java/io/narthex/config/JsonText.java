package io.narthex.config;

/** Takes away the few things that make a JSON text no YAML 1.1: tabs and some escapes. */
final class JsonText {
  private JsonText() {}

  static String asYaml(String json) {
    StringBuilder out = new StringBuilder(json.length());
    boolean inString = false;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (!inString) {
        inString = c == '"';
        out.append(c == '\t' ? ' ' : c);
      } else if (c == '\\' && i + 1 < json.length()) {
        i += escape(out, json, i);
      } else {
        inString = c != '"';
        out.append(c);
      }
    }
    return out.toString();
  }

  /** Copies an escape and says how many characters follow the backslash. */
  private static int escape(StringBuilder out, String json, int at) {
    char kind = json.charAt(at + 1);
    if (kind == '/') {
      out.append('/');
      return 1;
    }
    if (kind == 'u' && at + 6 <= json.length()) {
      int code = hex(json, at + 2);
      if (code >= 0x80) {
        // Pairs of surrogates are one character in JSON and two in YAML.
        out.append((char) code);
        return 5;
      }
    }
    out.append('\\').append(kind);
    return 1;
  }

  private static int hex(String json, int from) {
    int code = 0;
    for (int i = from; i < from + 4; i++) {
      int digit = Character.digit(json.charAt(i), 16);
      if (digit < 0) {
        return -1;
      }
      code = code * 16 + digit;
    }
    return code;
  }
}
