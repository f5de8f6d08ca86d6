package io.narthex.http.server;

/** A request that is answered by a status and one line of plain text. */
public final class RequestException extends RuntimeException {
  private final int status;

  public RequestException(int status, String message) {
    super(message);
    this.status = status;
  }

  public int status() {
    return status;
  }
}
