package io.narthex.cli;

import io.narthex.model.labels.GoQuote;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads command lines with commands and arguments: flags may stand anywhere behind the command that
 * they belong to, and behind {@code --} everything is an argument. Error texts are those of
 * Prometheus' flag library.
 */
public final class CommandParser {
  private final Command program;

  public CommandParser(Command program) {
    this.program = program;
  }

  /**
   * @throws UsageException with one line that says what is wrong
   */
  public CommandValues parse(String... args) {
    FlagReader reader = new FlagReader();
    reader.know(program.flags());
    Command command = program;
    List<String> path = new ArrayList<>();
    List<String> words = new ArrayList<>();
    boolean flags = true;
    for (int i = 0; i < args.length; i++) {
      String word = args[i];
      if (flags && word.equals("--")) {
        flags = false;
      } else if (flags && FlagReader.isFlag(word)) {
        i = reader.read(args, i);
      } else if (command.isGroup()) {
        command =
            command
                .command(word)
                .orElseThrow(
                    () -> new UsageException("expected command but got " + GoQuote.quote(word)));
        path.add(word);
        reader.know(command.flags());
      } else if (takes(command, words.size())) {
        words.add(word);
      } else {
        throw new UsageException("unexpected " + word);
      }
    }
    if (command.isGroup()) {
      throw new UsageException(
          path.isEmpty()
              ? "command not specified"
              : "must select a subcommand of '" + String.join(" ", path) + "'");
    }
    return new CommandValues(path, reader.values(), filled(command, words));
  }

  /** Whether a command has room for another word behind so many. */
  private static boolean takes(Command command, int words) {
    List<Argument> arguments = command.arguments();
    return words < arguments.size() || (!arguments.isEmpty() && arguments.getLast().repeated());
  }

  private static List<String> filled(Command command, List<String> words) {
    List<String> all = new ArrayList<>(words);
    List<Argument> arguments = command.arguments();
    int given = Math.min(words.size(), arguments.size());
    for (Argument left : arguments.subList(given, arguments.size())) {
      if (left.required()) {
        throw new UsageException("required argument '" + left.name() + "' not provided");
      }
      all.add(left.defaultValue());
    }
    return all;
  }

  /**
   * The help text that the arguments ask for by {@code -h}, {@code --help} or the command {@code
   * help}, or by naming nothing at all; empty where they ask for something else.
   */
  public Optional<String> help(String... args) {
    List<String> words = new ArrayList<>();
    boolean asked = args.length == 0;
    for (String arg : args) {
      if (arg.equals("--")) {
        break;
      }
      if (arg.equals("-h") || arg.startsWith("--help")) {
        asked |= !arg.startsWith("--help=");
      } else if (!FlagReader.isFlag(arg)) {
        words.add(arg);
      }
    }
    if (!words.isEmpty() && words.getFirst().equals("help")) {
      asked = true;
      words.removeFirst();
    }
    return asked ? Optional.of(helpOf(words)) : Optional.empty();
  }

  private String helpOf(List<String> words) {
    Command command = program;
    StringBuilder name = new StringBuilder(program.name());
    List<Flag> flags = new ArrayList<>(program.flags());
    for (String word : words) {
      Optional<Command> next = command.command(word);
      if (next.isEmpty()) {
        break;
      }
      command = next.get();
      name.append(' ').append(word);
      flags.addAll(command.flags());
    }
    return HelpText.of(name.toString(), command, flags);
  }
}
