package io.narthex.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Reads the flags of one command line: {@code --name=value}, {@code --name value}, {@code --flag},
 * {@code --no-flag}, and {@code -f}, {@code -fvalue} or {@code -f value} where a flag has a letter.
 */
final class FlagReader {
  private final Map<String, Flag> flags = new LinkedHashMap<>();
  private final Map<String, List<String>> given = new LinkedHashMap<>();

  /** Accepts these flags from now on. */
  void know(List<Flag> more) {
    for (Flag flag : more) {
      flags.put(flag.name(), flag);
    }
  }

  static boolean isFlag(String word) {
    return word.length() > 1 && word.startsWith("-");
  }

  /** Reads the flag at a position, and returns the position of its last word. */
  int read(String[] args, int at) {
    return args[at].startsWith("--") ? readLong(args, at) : readShort(args, at);
  }

  private int readLong(String[] args, int at) {
    String argument = args[at];
    int equals = argument.indexOf('=');
    String name = argument.substring(2, equals < 0 ? argument.length() : equals);
    Flag flag = find(name);
    if (flag.isBoolean()) {
      put(flag, booleanValue(flag, name, argument, equals));
      return at;
    }
    if (equals >= 0) {
      put(flag, argument.substring(equals + 1));
      return at;
    }
    if (at + 1 == args.length) {
      throw new UsageException("expected argument for flag '--" + name + "'");
    }
    put(flag, args[at + 1]);
    return at + 1;
  }

  private int readShort(String[] args, int at) {
    String letters = args[at];
    for (int i = 1; i < letters.length(); i++) {
      Flag flag = find(letters.charAt(i));
      if (flag.isBoolean()) {
        put(flag, "true");
      } else if (i + 1 < letters.length()) {
        put(flag, letters.substring(i + 1));
        return at;
      } else if (at + 1 < args.length) {
        put(flag, args[at + 1]);
        return at + 1;
      } else {
        throw new UsageException("expected argument for flag '-" + letters.charAt(i) + "'");
      }
    }
    return at;
  }

  private Flag find(char letter) {
    for (Flag flag : flags.values()) {
      if (flag.shortName() == letter) {
        return flag;
      }
    }
    throw new UsageException("unknown short flag '-" + letter + "'");
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

  private void put(Flag flag, String value) {
    try {
      FlagChecks.check(flag, value);
    } catch (IllegalArgumentException e) {
      throw new UsageException("invalid value for flag '--" + flag.name() + "': " + e.getMessage());
    }
    List<String> values = given.computeIfAbsent(flag.name(), key -> new ArrayList<>());
    if (!values.isEmpty() && !flag.repeatable()) {
      throw new UsageException("flag '" + flag.name() + "' cannot be repeated");
    }
    values.add(value);
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

  /**
   * @throws UsageException where flags that must be given are not
   */
  FlagValues values() {
    String missing =
        flags.values().stream()
            .filter(flag -> flag.required() && !given.containsKey(flag.name()))
            .map(flag -> "'--" + flag.name() + "'")
            .sorted()
            .collect(Collectors.joining(", "));
    if (!missing.isEmpty()) {
      throw new UsageException("required flag(s) " + missing + " not provided");
    }
    return new FlagValues(flags, given);
  }
}
