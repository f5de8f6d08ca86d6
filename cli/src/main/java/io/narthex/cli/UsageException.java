package io.narthex.cli;

/** The command line is wrong; the message says which flag and why. */
public final class UsageException extends RuntimeException {
  public UsageException(String message) {
    super(message);
  }
}
