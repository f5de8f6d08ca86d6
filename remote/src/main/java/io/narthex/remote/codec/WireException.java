package io.narthex.remote.codec;

/** Bytes that are no protobuf message. */
public final class WireException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public WireException(String message) {
    super(message);
  }
}
