package io.narthex.cli;

import java.util.List;

/**
 * One command-line flag.
 *
 * @param name without the leading dashes
 * @param shortName the letter behind a single dash, 0 for none
 * @param defaultValue as help texts and the server's status page show it
 * @param repeatable whether each occurrence adds a value
 * @param choices the values allowed where they are few, else empty
 * @param required whether a command line without it is refused
 */
public record Flag(
    String name,
    char shortName,
    Kind kind,
    String defaultValue,
    String help,
    boolean hidden,
    boolean repeatable,
    List<String> choices,
    boolean required) {
  /** What a value must look like. */
  public enum Kind {
    TEXT,
    BOOLEAN,
    INTEGER,
    NUMBER,
    /** As Prometheus writes durations, {@code 1d12h}. */
    DURATION,
    /** As Go writes durations, {@code 36h0m0s}. */
    GO_DURATION,
    SIZE,
    CHOICE,
    /** {@code KEY=VALUE}. */
    PAIR
  }

  public Flag(String name, Kind kind, String defaultValue, String help) {
    this(name, (char) 0, kind, defaultValue, help, false, false, List.of(), false);
  }

  /** Also to be given by a letter behind a single dash. */
  public Flag brief(char letter) {
    return new Flag(name, letter, kind, defaultValue, help, hidden, repeatable, choices, required);
  }

  /** Left out of the help text. */
  public Flag hide() {
    return new Flag(name, shortName, kind, defaultValue, help, true, repeatable, choices, required);
  }

  /** May be given several times. */
  public Flag many() {
    return new Flag(name, shortName, kind, defaultValue, help, hidden, true, choices, required);
  }

  public Flag oneOf(String... values) {
    return new Flag(
        name, shortName, kind, defaultValue, help, hidden, repeatable, List.of(values), required);
  }

  /** Must be given. */
  public Flag demanded() {
    return new Flag(name, shortName, kind, defaultValue, help, hidden, repeatable, choices, true);
  }

  boolean isBoolean() {
    return kind == Kind.BOOLEAN;
  }
}
