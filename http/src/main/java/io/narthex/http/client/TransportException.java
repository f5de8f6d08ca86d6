package io.narthex.http.client;

import java.io.IOException;

/**
 * A request without a usable answer. Messages read as those of Go's HTTP client, which people
 * search for: {@code Get "http://a:9100/metrics": dial tcp 10.0.0.1:9100: connect: connection
 * refused}.
 */
public final class TransportException extends IOException {
  /** Why there is no answer, as far as callers act differently. */
  public enum Kind {
    /** No connection. */
    CONNECT,
    /** The time for the whole request is over. */
    TIMEOUT,
    /** The body is larger than the request allows. */
    BODY_LIMIT,
    /** Credentials, certificates or other settings cannot be used. */
    CONFIG,
    /** The transport is closed or the thread was interrupted. */
    CANCELLED,
    /** Everything else: broken connection, malformed answer, failed handshake. */
    PROTOCOL
  }

  private final Kind kind;

  public TransportException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public TransportException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  public boolean timeout() {
    return kind == Kind.TIMEOUT;
  }
}
