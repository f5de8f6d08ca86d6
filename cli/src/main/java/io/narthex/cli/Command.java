package io.narthex.cli;

import java.util.List;
import java.util.Optional;

/**
 * A program or one of its commands: either it has commands of its own, one of which must be chosen,
 * or arguments. Its flags also count for its commands.
 */
public record Command(
    String name, String help, List<Flag> flags, List<Argument> arguments, List<Command> commands) {
  public Command {
    flags = List.copyOf(flags);
    arguments = List.copyOf(arguments);
    commands = List.copyOf(commands);
  }

  /** A command that does something. */
  public static Command of(String name, String help, List<Flag> flags, Argument... arguments) {
    return new Command(name, help, flags, List.of(arguments), List.of());
  }

  /** A group of commands. */
  public static Command group(String name, String help, List<Flag> flags, Command... commands) {
    return new Command(name, help, flags, List.of(), List.of(commands));
  }

  boolean isGroup() {
    return !commands.isEmpty();
  }

  Optional<Command> command(String wanted) {
    return commands.stream().filter(command -> command.name().equals(wanted)).findFirst();
  }
}
