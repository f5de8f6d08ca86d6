package io.narthex.server.flags;

import io.narthex.model.time.PromDuration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a command line the way Prometheus does: {@code --name=value}, {@code --name value}, {@code
 * --flag} and {@code --no-flag}. Error texts are those of its flag library, with a suggestion added
 * where a flag is misspelt.
 */
public final class FlagParser {
  private final Map<String, Flag> flags = new LinkedHashMap<>();

  public FlagParser(List<Flag> all) {
    for (Flag flag : all) {
      flags.put(flag.name(), flag);
    }
  }

  /**
   * @throws UsageException with one line that says what is wrong
   */
  public FlagValues parse(String... args) {
    Map<String, List<String>> given = new LinkedHashMap<>();
    for (int i = 0; i < args.length; i++) {
      String argument = args[i];
      if (!argument.startsWith("--")) {
        throw new UsageException(
            argument.startsWith("-") && argument.length() > 1
                ? "unknown short flag '" + argument + "'"
                : "unexpected " + argument);
      }
      int equals = argument.indexOf('=');
      String name = argument.substring(2, equals < 0 ? argument.length() : equals);
      Flag flag = find(name);
      if (flag.isBoolean()) {
        put(given, flag, booleanValue(flag, name, argument, equals));
      } else if (equals >= 0) {
        put(given, flag, argument.substring(equals + 1));
      } else if (++i < args.length) {
        put(given, flag, args[i]);
      } else {
        throw new UsageException("expected argument for flag '--" + name + "'");
      }
    }
    return new FlagValues(flags, given);
  }

  /** The flag of a name, or of a name with {@code no-} in front. */
  private Flag find(String name) {
    Flag flag = flags.get(name);
    if (flag == null && name.startsWith("no-")) {
      flag = flags.get(name.substring(3));
      flag = flag == null || !flag.isBoolean() ? null : flag;
    }
    if (flag == null) {
      String hint = nearest(name);
      throw new UsageException(
          "unknown long flag '--"
              + name
              + "'"
              + (hint.isEmpty() ? "" : ", did you mean '--" + hint + "'?"));
    }
    return flag;
  }

  private static String booleanValue(Flag flag, String name, String argument, int equals) {
    if (equals < 0) {
      return name.equals(flag.name()) ? "true" : "false";
    }
    String value = argument.substring(equals + 1);
    if (!value.equals("true") && !value.equals("false")) {
      throw new UsageException(
          "invalid value for flag '--"
              + flag.name()
              + "': \""
              + value
              + "\" is neither true nor false");
    }
    return value;
  }

  private static void put(Map<String, List<String>> given, Flag flag, String value) {
    check(flag, value);
    List<String> values = given.computeIfAbsent(flag.name(), key -> new ArrayList<>());
    if (!values.isEmpty() && !flag.repeatable()) {
      throw new UsageException("flag '" + flag.name() + "' cannot be repeated");
    }
    values.add(value);
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

  /** The flag with the fewest edits to the name, where they are few; else empty. */
  private String nearest(String name) {
    String best = "";
    int bestDistance = Math.max(2, name.length() / 4) + 1;
    for (String candidate : flags.keySet()) {
      int distance = EditDistance.between(name, candidate);
      if (distance < bestDistance) {
        best = candidate;
        bestDistance = distance;
      }
    }
    return best;
  }
}
