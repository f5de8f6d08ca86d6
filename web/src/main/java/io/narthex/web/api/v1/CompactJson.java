package io.narthex.web.api.v1;

/** Takes the blanks out of JSON that was written for people. */
final class CompactJson {
  private CompactJson() {}

  static String of(String json) {
    StringBuilder out = new StringBuilder(json.length());
    boolean quoted = false;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (quoted && c == '\\' && i + 1 < json.length()) {
        out.append(c).append(json.charAt(++i));
        continue;
      }
      quoted ^= c == '"';
      if (quoted || c > ' ') {
        out.append(c);
      }
    }
    return out.toString();
  }
}
