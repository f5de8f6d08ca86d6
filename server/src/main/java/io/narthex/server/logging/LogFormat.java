package io.narthex.server.logging;

/** The forms of {@code --log.format}. */
public enum LogFormat {
  LOGFMT,
  JSON
}
