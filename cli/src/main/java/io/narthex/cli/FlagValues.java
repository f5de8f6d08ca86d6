package io.narthex.cli;

import io.narthex.model.time.GoDuration;
import io.narthex.model.time.PromDuration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a command line says, checked, with the defaults filled in. Values are given by flag name
 * without dashes.
 */
public final class FlagValues {
  private final Map<String, Flag> flags;
  private final Map<String, List<String>> given;

  FlagValues(Map<String, Flag> flags, Map<String, List<String>> given) {
    this.flags = flags;
    this.given = given;
  }

  /** Names of the flags that stand on the command line. */
  public Set<String> given() {
    return Collections.unmodifiableSet(given.keySet());
  }

  /** Whether the command chosen has such a flag. */
  public boolean has(String name) {
    return flags.containsKey(name);
  }

  public boolean isGiven(String name) {
    return given.containsKey(name);
  }

  /** The value; the last one where the flag was repeated. */
  public String text(String name) {
    List<String> values = given.get(name);
    return values == null ? flag(name).defaultValue() : values.getLast();
  }

  /** All values of a repeatable flag, with commas taken as separators. */
  public List<String> list(String name) {
    List<String> out = new ArrayList<>();
    for (String value : given.getOrDefault(name, List.of(flag(name).defaultValue()))) {
      for (String part : value.split(",", -1)) {
        if (!part.isBlank()) {
          out.add(part.strip());
        }
      }
    }
    return out;
  }

  /** All values of a repeatable flag as they were given. */
  public List<String> each(String name) {
    return List.copyOf(given.getOrDefault(name, List.of(flag(name).defaultValue())));
  }

  /** All pairs of a repeatable flag, none where it is not given; the last counts for its key. */
  public Map<String, String> pairs(String name) {
    Map<String, String> out = new TreeMap<>();
    for (String pair : given.getOrDefault(name, List.of())) {
      int equals = pair.indexOf('=');
      out.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    return out;
  }

  public boolean bool(String name) {
    return text(name).equals("true");
  }

  public long integer(String name) {
    return Long.parseLong(text(name));
  }

  public double number(String name) {
    return Double.parseDouble(text(name));
  }

  public long goDurationNanos(String name) {
    return GoDuration.parseNanos(text(name));
  }

  public long durationMillis(String name) {
    return PromDuration.parseMillis(text(name));
  }

  public long sizeBytes(String name) {
    return ByteSize.parse(text(name));
  }

  /** Every flag's value as the status page lists them, sorted by name. */
  public Map<String, String> all() {
    Map<String, String> out = new TreeMap<>();
    for (String name : flags.keySet()) {
      out.put(
          name,
          given.containsKey(name) ? String.join(",", given.get(name)) : flag(name).defaultValue());
    }
    return out;
  }

  private Flag flag(String name) {
    Flag flag = flags.get(name);
    if (flag == null) {
      throw new IllegalStateException("BUG: no flag " + name);
    }
    return flag;
  }
}
