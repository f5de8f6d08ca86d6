package io.narthex.tool.tsdb;

import io.narthex.model.labels.Labels;
import io.narthex.storage.SampleBuffer;
import io.narthex.tool.Output;

/** {@code {"__name__":"up","job":"node"}}, escaped as Go escapes JSON that HTML may contain. */
final class SeriesJsonLines implements DumpLines {
  private final Output out;

  SeriesJsonLines(Output out) {
    this.out = out;
  }

  @Override
  public boolean series(Labels labels) {
    StringBuilder text = new StringBuilder("{");
    labels.forEach(
        (name, value) -> {
          text.append(text.length() == 1 ? "" : ",");
          quote(text, name);
          quote(text.append(':'), value);
        });
    out.line(text.append('}').toString());
    return false;
  }

  private static void quote(StringBuilder to, String text) {
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

  @Override
  public boolean samples(SampleBuffer samples) {
    return false;
  }

  @Override
  public void end() {
    // Nothing stands behind the last series.
  }
}
