package io.narthex.cli;

import java.util.List;

/**
 * What a command line asks for.
 *
 * @param path names of the commands chosen, from the program's first on
 * @param flags values of the flags of all commands on the path
 * @param arguments one value for each argument of the last command, defaults filled in; as many as
 *     were given for one that is repeated
 */
public record CommandValues(List<String> path, FlagValues flags, List<String> arguments) {
  public CommandValues {
    path = List.copyOf(path);
    arguments = List.copyOf(arguments);
  }

  /** The names of the commands with blanks between them. */
  public String name() {
    return String.join(" ", path);
  }
}
