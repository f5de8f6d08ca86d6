package io.narthex.http.server;

/** The server cannot start; the message names the address and the reason. */
public final class HttpServerException extends RuntimeException {
  public HttpServerException(String message) {
    super(message);
  }

  public HttpServerException(String message, Throwable cause) {
    super(message, cause);
  }
}
