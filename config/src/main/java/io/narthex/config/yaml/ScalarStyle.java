package io.narthex.config.yaml;

import java.util.regex.Pattern;

/**
 * Writes one text as a YAML scalar the way go-yaml 2 does: plain where that reads back as the same
 * text, else in single or double quotes, texts of several lines as a literal block.
 */
final class ScalarStyle {
  private static final int BEST_WIDTH = 80;
  private static final String INDICATORS = "#,[]{}&*!|>'\"%@`";

  private static final Pattern BASE_60 =
      Pattern.compile("[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\\.[0-9_]*)?");

  private final StringBuilder out;

  ScalarStyle(StringBuilder out) {
    this.out = out;
  }

  /**
   * @param indent of the mapping or list around
   * @param tight whether this is a key or part of a one-line list, so that it must stay on its line
   * @param oneLineList whether commas and brackets must be quoted
   */
  void write(String text, int indent, boolean tight, boolean oneLineList) {
    boolean literal = text.indexOf('\n') >= 0 && !tight;
    if (literal && literalAllowed(text)) {
      literal(text, indent + 2);
    } else if (!literal && !isText(text)) {
      doubleQuoted(text);
    } else if (!literal && plainAllowed(text, oneLineList)) {
      folded(text, indent + 2, tight, false);
    } else if (!literal && singleQuotesAllowed(text)) {
      out.append('\'');
      folded(text, indent + 2, tight, true);
      out.append('\'');
    } else {
      doubleQuoted(text);
    }
  }

  /** Whether the text written plainly would be read as text. */
  private static boolean isText(String text) {
    return YamlScalars.resolve(text).tag().equals("!!str") && !isBase60(text);
  }

  /** Old parsers take {@code 1:30} for a number in base 60. */
  private static boolean isBase60(String text) {
    return BASE_60.matcher(text).matches();
  }

  private static boolean plainAllowed(String text, boolean oneLineList) {
    if (text.startsWith("---") || text.startsWith("...") || !singleQuotesAllowed(text)) {
      return false;
    }
    int last = text.length() - 1;
    if (text.charAt(0) == ' ' || text.charAt(last) == ' ') {
      return false;
    }
    for (int i = 0; i <= last; i++) {
      char c = text.charAt(i);
      boolean blankFollows = i == last || text.charAt(i + 1) == ' ' || text.charAt(i + 1) == '\t';
      boolean indicator =
          switch (c) {
            case ':' -> oneLineList || blankFollows;
            case '?' -> oneLineList || (i == 0 && blankFollows);
            case '-' -> i == 0 && blankFollows;
            case '#' -> i == 0 || text.charAt(i - 1) == ' ' || text.charAt(i - 1) == '\t';
            case ',', '[', ']', '{', '}' -> i == 0 || oneLineList;
            default -> i == 0 && INDICATORS.indexOf(c) >= 0;
          };
      if (indicator) {
        return false;
      }
    }
    return true;
  }

  private static boolean singleQuotesAllowed(String text) {
    return text.codePoints().allMatch(ScalarStyle::isPrintable) && text.indexOf('\n') < 0;
  }

  private static boolean literalAllowed(String text) {
    return text.codePoints().allMatch(c -> c == '\n' || isPrintable(c))
        && !text.contains(" \n")
        && !text.endsWith(" ");
  }

  private static boolean isPrintable(int c) {
    return (c >= 0x20 && c <= 0x7e)
        || (c >= 0xa0 && c <= 0xd7ff)
        || (c >= 0xe000 && c <= 0xfffd && c != 0xfeff)
        || c >= 0x10000;
  }

  private void folded(String text, int indent, boolean tight, boolean quoted) {
    boolean spaceBefore = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ' ') {
        boolean fold =
            !tight
                && !spaceBefore
                && column() > BEST_WIDTH
                && i > 0
                && i + 1 < text.length()
                && text.charAt(i + 1) != ' ';
        if (fold) {
          out.append('\n').repeat(' ', indent);
        } else {
          out.append(' ');
        }
        spaceBefore = true;
      } else {
        out.append(c);
        if (quoted && c == '\'') {
          out.append(c);
        }
        spaceBefore = false;
      }
    }
  }

  private int column() {
    return out.length() - out.lastIndexOf("\n") - 1;
  }

  private void literal(String text, int indent) {
    out.append('|');
    if (text.charAt(0) == ' ' || text.charAt(0) == '\n') {
      out.append('2');
    }
    if (!text.endsWith("\n")) {
      out.append('-');
    } else if (text.length() == 1 || text.endsWith("\n\n")) {
      out.append('+');
    }
    String[] lines =
        (text.endsWith("\n") ? text.substring(0, text.length() - 1) : text).split("\n", -1);
    for (String line : lines) {
      out.append('\n');
      if (!line.isEmpty()) {
        out.repeat(' ', indent).append(line);
      }
    }
  }

  private void doubleQuoted(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\t' -> out.append("\\t");
        case '\r' -> out.append("\\r");
        case 0 -> out.append("\\0");
        default -> {
          if (isPrintable(c)) {
            out.appendCodePoint(c);
          } else {
            out.append(String.format(c < 0x100 ? "\\x%02X" : "\\u%04X", c));
          }
        }
      }
    }
    out.append('"');
  }
}
