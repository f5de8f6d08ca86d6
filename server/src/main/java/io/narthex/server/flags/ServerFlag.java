package io.narthex.server.flags;

import io.narthex.cli.Flag;
import io.narthex.cli.Flag.Kind;

/** A flag of the server and the modes in which it has a meaning. */
public record ServerFlag(Flag flag, Mode mode) {
  /** How the server runs. */
  public enum Mode {
    BOTH,
    SERVER,
    AGENT
  }

  ServerFlag(String name, Kind kind, String defaultValue, Mode mode, String help) {
    this(new Flag(name, kind, defaultValue, help), mode);
  }

  public String name() {
    return flag.name();
  }

  /** Left out of the help text. */
  ServerFlag hide() {
    return new ServerFlag(flag.hide(), mode);
  }

  /** May be given several times. */
  ServerFlag many() {
    return new ServerFlag(flag.many(), mode);
  }

  ServerFlag oneOf(String... values) {
    return new ServerFlag(flag.oneOf(values), mode);
  }
}
