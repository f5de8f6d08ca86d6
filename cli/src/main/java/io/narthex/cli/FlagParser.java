package io.narthex.cli;

import java.util.List;

/**
 * Reads a command line of flags alone, the way Prometheus does. Error texts are those of its flag
 * library, with a suggestion added where a flag is misspelt.
 */
public final class FlagParser {
  private final List<Flag> flags;

  public FlagParser(List<Flag> all) {
    flags = List.copyOf(all);
  }

  /**
   * @throws UsageException with one line that says what is wrong
   */
  public FlagValues parse(String... args) {
    FlagReader reader = new FlagReader();
    reader.know(flags);
    for (int i = 0; i < args.length; i++) {
      if (!FlagReader.isFlag(args[i])) {
        throw new UsageException("unexpected " + args[i]);
      }
      i = reader.read(args, i);
    }
    return reader.values();
  }
}
