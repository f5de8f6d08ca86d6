package io.narthex.web.api.v1;

import io.narthex.model.labels.GoQuote;

/** A request that is answered by an error. */
public final class ApiException extends RuntimeException {
  private final ErrorType type;

  public ApiException(ErrorType type, String message) {
    super(message);
    this.type = type;
  }

  public ApiException(ErrorType type, String message, Throwable cause) {
    super(message, cause);
    this.type = type;
  }

  /** Of expressions that cannot be walked. */
  static ApiException tooDeep() {
    return new ApiException(
        ErrorType.EXECUTION,
        "the expression has too many operators or groups within each other; split it up");
  }

  static ApiException badData(String message) {
    return new ApiException(ErrorType.BAD_DATA, message);
  }

  static ApiException invalidParameter(String name, String reason) {
    return badData("invalid parameter " + GoQuote.quote(name) + ": " + reason);
  }

  public ErrorType type() {
    return type;
  }
}
