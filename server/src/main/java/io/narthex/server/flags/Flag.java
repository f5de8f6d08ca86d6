package io.narthex.server.flags;

import java.util.List;

/**
 * One command-line flag.
 *
 * @param name without the leading dashes
 * @param defaultValue as the status page shows it
 * @param repeatable whether each occurrence adds a value
 * @param choices the values allowed where they are few, else empty
 */
public record Flag(
    String name,
    Kind kind,
    String defaultValue,
    Mode mode,
    String help,
    boolean hidden,
    boolean repeatable,
    List<String> choices) {
  /** What a value must look like. */
  public enum Kind {
    TEXT,
    BOOLEAN,
    INTEGER,
    NUMBER,
    DURATION,
    SIZE,
    CHOICE
  }

  /** In which modes of the server the flag has a meaning. */
  public enum Mode {
    BOTH,
    SERVER,
    AGENT
  }

  Flag(String name, Kind kind, String defaultValue, Mode mode, String help) {
    this(name, kind, defaultValue, mode, help, false, false, List.of());
  }

  /** Left out of the help text. */
  Flag hide() {
    return new Flag(name, kind, defaultValue, mode, help, true, repeatable, choices);
  }

  /** May be given several times. */
  Flag many() {
    return new Flag(name, kind, defaultValue, mode, help, hidden, true, choices);
  }

  Flag oneOf(String... values) {
    return new Flag(name, kind, defaultValue, mode, help, hidden, repeatable, List.of(values));
  }

  boolean isBoolean() {
    return kind == Kind.BOOLEAN;
  }
}
