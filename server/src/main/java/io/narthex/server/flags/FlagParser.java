package io.narthex.server.flags;

import io.narthex.model.time.PromDuration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Reads a command line the way Prometheus does: {@code --name=value}, {@code --name value}, {@code
 * --flag} and {@code --no-flag}. Error texts are those of its flag library, with a suggestion added
 * where a flag is misspelt.
 */
public final class FlagParser {
  private final Map<String, Flag> flags = new LinkedHashMap<>();
  private final CommandLine commandLine;

  public FlagParser(List<Flag> all) {
    CommandSpec spec = CommandSpec.create();
    for (Flag flag : all) {
      flags.put(flag.name(), flag);
      OptionSpec.Builder option = OptionSpec.builder("--" + flag.name());
      if (flag.isBoolean()) {
        option.type(boolean.class).arity("0").negatable(false);
        spec.addOption(
            OptionSpec.builder("--no-" + flag.name()).type(boolean.class).arity("0").build());
      } else {
        option
            .type(List.class)
            .auxiliaryTypes(String.class)
            .arity("1")
            .paramLabel("--" + flag.name());
      }
      spec.addOption(option.build());
    }
    commandLine = new CommandLine(spec).setOverwrittenOptionsAllowed(true).setTrimQuotes(false);
    commandLine.setUnmatchedOptionsAllowedAsOptionParameters(true);
  }

  /**
   * @throws UsageException with one line that says what is wrong
   */
  public FlagValues parse(String... args) {
    ParseResult parsed;
    try {
      parsed = commandLine.parseArgs(args);
    } catch (UnmatchedArgumentException e) {
      throw unmatched(e.getUnmatched().getFirst());
    } catch (MissingParameterException e) {
      throw new UsageException(
          "expected argument for flag '" + e.getMissing().getFirst().paramLabel() + "'");
    } catch (ParameterException e) {
      throw new UsageException(e.getMessage());
    }
    Map<String, List<String>> given = new LinkedHashMap<>();
    for (OptionSpec option : parsed.matchedOptions()) {
      collect(option, given);
    }
    return new FlagValues(flags, given);
  }

  private void collect(OptionSpec option, Map<String, List<String>> given) {
    String name = option.longestName().substring(2);
    Flag flag = flags.get(name);
    if (flag == null) {
      given.put(name.substring("no-".length()), List.of("false"));
      return;
    }
    if (flag.isBoolean()) {
      given.put(name, List.of("true"));
      return;
    }
    List<String> values = option.stringValues();
    if (values.size() > 1 && !flag.repeatable()) {
      throw new UsageException("flag '" + name + "' cannot be repeated");
    }
    for (String value : values) {
      check(flag, value);
    }
    given.put(name, List.copyOf(values));
  }

  private static void check(Flag flag, String value) {
    try {
      switch (flag.kind()) {
        case DURATION -> PromDuration.parseMillis(value);
        case SIZE -> ByteSize.parse(value);
        case INTEGER -> parseInteger(value);
        case NUMBER -> parseNumber(value);
        case CHOICE -> {
          if (!flag.choices().contains(value)) {
            throw new IllegalArgumentException(choiceError(flag, value));
          }
        }
        case TEXT, BOOLEAN -> {}
      }
    } catch (IllegalArgumentException e) {
      throw new UsageException("invalid value for flag '--" + flag.name() + "': " + e.getMessage());
    }
  }

  private static void parseInteger(String value) {
    try {
      Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "strconv.ParseInt: parsing \"" + value + "\": invalid syntax", e);
    }
  }

  private static void parseNumber(String value) {
    try {
      Double.parseDouble(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "strconv.ParseFloat: parsing \"" + value + "\": invalid syntax", e);
    }
  }

  private static String choiceError(Flag flag, String value) {
    return switch (flag.name()) {
      case "log.level" -> "unrecognized log level " + value;
      case "log.format" -> "unrecognized log format " + value;
      default ->
          "enum value must be one of " + String.join(",", flag.choices()) + ", got '" + value + "'";
    };
  }

  private UsageException unmatched(String argument) {
    if (!argument.startsWith("-")) {
      return new UsageException("unexpected " + argument);
    }
    if (!argument.startsWith("--")) {
      return new UsageException("unknown short flag '" + argument + "'");
    }
    int end = argument.indexOf('=');
    String name = end < 0 ? argument : argument.substring(0, end);
    String hint = nearest(name.substring(2));
    return new UsageException(
        "unknown long flag '"
            + name
            + "'"
            + (hint.isEmpty() ? "" : ", did you mean '--" + hint + "'?"));
  }

  /** The flag with the fewest edits to the name, where they are few; else empty. */
  private String nearest(String name) {
    String best = "";
    int bestDistance = Math.max(2, name.length() / 4) + 1;
    List<String> known = new ArrayList<>(flags.keySet());
    for (String candidate : known) {
      int distance = EditDistance.between(name, candidate);
      if (distance < bestDistance) {
        best = candidate;
        bestDistance = distance;
      }
    }
    return best;
  }
}
