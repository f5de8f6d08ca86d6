package io.narthex.server;

/** A configuration was not taken over; the message says why and which one is active now. */
final class ReloadException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ReloadException(String message) {
    super(message);
  }
}
