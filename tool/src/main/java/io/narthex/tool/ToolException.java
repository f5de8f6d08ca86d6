package io.narthex.tool;

/** A command cannot do what it is asked for: the message says what, where and why, on one line. */
public class ToolException extends RuntimeException {
  public ToolException(String message) {
    super(message);
  }

  public ToolException(String message, Throwable cause) {
    super(message, cause);
  }
}
