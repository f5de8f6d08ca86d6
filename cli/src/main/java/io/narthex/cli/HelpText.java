package io.narthex.cli;

import java.util.List;
import java.util.Locale;

/** Flags, arguments and commands as a page of text, 80 columns wide. */
public final class HelpText {
  private static final int TEXT_COLUMN = 33;
  private static final int WIDTH = 80;

  private HelpText() {}

  /** The page of a program that has only flags. */
  public static String of(String program, String help, List<Flag> flags) {
    return of(program, Command.of(program, help, flags), flags);
  }

  /**
   * @param name how the command is called, with all that stands before it
   * @param flags all that may be given to it
   */
  static String of(String name, Command command, List<Flag> flags) {
    StringBuilder out = new StringBuilder("usage: ").append(name);
    demanded(out, flags);
    out.append(command.isGroup() ? " <command> [<args> ...]" : " [<flags>]");
    for (Argument argument : command.arguments()) {
      out.append(' ').append(argument.syntax());
    }
    out.append("\n\n");
    paragraph(out, "", command.help());
    out.append("\n\nFlags:\n");
    entry(
        out,
        "  -h, --[no-]help",
        "Show context-sensitive help (also try --help-long and --help-man).");
    entry(out, "      --[no-]version", "Show application version.");
    for (Flag flag : flags) {
      if (!flag.hidden()) {
        String letter = flag.shortName() == 0 ? "      " : "  -" + flag.shortName() + ", ";
        entry(out, letter + syntax(flag), flag.help());
      }
    }
    if (!command.arguments().isEmpty()) {
      out.append("\nArgs:\n");
      for (Argument argument : command.arguments()) {
        entry(out, "  " + argument.syntax(), argument.help());
      }
    }
    if (command.isGroup()) {
      out.append("\nCommands:\n");
      commands(out, "", command);
    }
    return out.append('\n').toString();
  }

  private static void commands(StringBuilder out, String prefix, Command group) {
    for (Command command : group.commands()) {
      String name = prefix + command.name();
      if (command.isGroup()) {
        commands(out, name + " ", command);
        continue;
      }
      out.append(name);
      demanded(out, command.flags());
      if (command.flags().stream().anyMatch(flag -> !flag.required())) {
        out.append(" [<flags>]");
      }
      for (Argument argument : command.arguments()) {
        out.append(' ').append(argument.syntax());
      }
      out.append('\n');
      paragraph(out, "    ", command.help());
      out.append('\n');
    }
  }

  private static void demanded(StringBuilder out, List<Flag> flags) {
    for (Flag flag : flags) {
      if (flag.required()) {
        out.append(" --").append(flag.name()).append('=').append(placeholder(flag));
      }
    }
  }

  private static String placeholder(Flag flag) {
    return flag.name().toUpperCase(Locale.ROOT);
  }

  private static String syntax(Flag flag) {
    if (flag.isBoolean()) {
      return "--[no-]" + flag.name();
    }
    if (flag.required()) {
      return "--" + flag.name() + "=" + placeholder(flag) + (flag.repeatable() ? " ..." : "");
    }
    boolean bare = flag.kind() != Flag.Kind.TEXT;
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
    words(out, TEXT_COLUMN, help);
  }

  private static void paragraph(StringBuilder out, String indent, String text) {
    out.append(indent);
    words(out, indent.length(), text);
  }

  /** Words from the column where the line stands, broken into lines that start there. */
  private static void words(StringBuilder out, int start, String text) {
    int column = start;
    for (String word : text.split(" ")) {
      if (column > start && column + 1 + word.length() > WIDTH) {
        out.append('\n').repeat(' ', start);
        column = start;
      } else if (column > start) {
        out.append(' ');
        column++;
      }
      out.append(word);
      column += word.length();
    }
    out.append('\n');
  }
}
