package io.narthex.tool.query;

import io.narthex.tool.ToolException;

/** A server's answer is an error, or none of the API. Texts are those of promtool. */
public final class ApiException extends ToolException {
  private static final long serialVersionUID = 1;

  private final int status;

  ApiException(int status, String type, String message, String detail) {
    super(type + ": " + message + (detail.isEmpty() ? "" : " (detail: " + detail + ")"));
    this.status = status;
  }

  /** The status code of HTTP. */
  public int status() {
    return status;
  }
}
