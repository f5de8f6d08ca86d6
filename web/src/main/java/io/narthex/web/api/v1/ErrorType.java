package io.narthex.web.api.v1;

/** What kind of failure an error answer reports. */
public enum ErrorType {
  BAD_DATA("bad_data", 400),
  EXECUTION("execution", 422),
  /** The status is nginx' own for a client that closed the connection. */
  CANCELED("canceled", 499),
  TIMEOUT("timeout", 503),
  INTERNAL("internal", 500),
  UNAVAILABLE("unavailable", 500),
  NOT_FOUND("not_found", 404);

  private final String word;
  private final int status;

  ErrorType(String word, int status) {
    this.word = word;
    this.status = status;
  }

  /** As the answer's {@code errorType} names it. */
  public String word() {
    return word;
  }

  public int status() {
    return status;
  }
}
