package io.narthex.promqltest;

/** A script that cannot be understood; the message names the line. */
public final class ScriptException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final String detail;

  ScriptException(int line, String message) {
    super("line " + line + ": " + message);
    this.line = line;
    this.detail = message;
  }

  /** The line at fault, from 1. */
  public int line() {
    return line;
  }

  /** The message without the line. */
  public String detail() {
    return detail;
  }
}
