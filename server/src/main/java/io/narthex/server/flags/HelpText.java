package io.narthex.server.flags;

import java.util.List;

/** The flags as a page of text, 80 columns wide. */
public final class HelpText {
  private static final int TEXT_COLUMN = 33;
  private static final int WIDTH = 80;

  private HelpText() {}

  public static String of(String command, List<Flag> flags) {
    StringBuilder out = new StringBuilder("usage: ").append(command);
    out.append(" [<flags>]\n\nThe Prometheus-compatible monitoring server\n\n\nFlags:\n");
    entry(
        out,
        "  -h, --[no-]help",
        "Show context-sensitive help (also try --help-long and --help-man).");
    entry(out, "      --[no-]version", "Show application version.");
    for (Flag flag : flags) {
      if (!flag.hidden()) {
        entry(out, "      " + syntax(flag), flag.help());
      }
    }
    return out.append('\n').toString();
  }

  private static String syntax(Flag flag) {
    if (flag.isBoolean()) {
      return "--[no-]" + flag.name();
    }
    boolean bare =
        switch (flag.kind()) {
          case TEXT -> false;
          case BOOLEAN, INTEGER, NUMBER, DURATION, SIZE, CHOICE -> true;
        };
    String value =
        bare || flag.repeatable() ? flag.defaultValue() : '"' + flag.defaultValue() + '"';
    return "--" + flag.name() + "=" + value + (flag.repeatable() ? " ..." : "");
  }

  private static void entry(StringBuilder out, String syntax, String help) {
    out.append(syntax);
    int column = syntax.length();
    if (column + 2 > TEXT_COLUMN) {
      out.append('\n');
      column = 0;
    }
    out.repeat(' ', TEXT_COLUMN - column);
    column = TEXT_COLUMN;
    for (String word : help.split(" ")) {
      if (column > TEXT_COLUMN && column + 1 + word.length() > WIDTH) {
        out.append('\n').repeat(' ', TEXT_COLUMN);
        column = TEXT_COLUMN;
      } else if (column > TEXT_COLUMN) {
        out.append(' ');
        column++;
      }
      out.append(word);
      column += word.length();
    }
    out.append('\n');
  }
}
