package io.narthex.server.logging;

import org.slf4j.event.Level;

/** The levels of {@code --log.level}. */
public enum LogLevel {
  DEBUG,
  INFO,
  WARN,
  ERROR;

  /** Whether a message of the level is written when this one is set. */
  boolean lets(Level level) {
    return of(level).ordinal() >= ordinal();
  }

  static LogLevel of(Level level) {
    return switch (level) {
      case TRACE, DEBUG -> DEBUG;
      case INFO -> INFO;
      case WARN -> WARN;
      case ERROR -> ERROR;
    };
  }
}
