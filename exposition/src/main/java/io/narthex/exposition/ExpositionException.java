package io.narthex.exposition;

/** A body that does not follow its format; the message is Prometheus' own. */
public final class ExpositionException extends RuntimeException {
  /** Bodies come from strangers and fail often: no stack trace, it would only say "the parser". */
  public ExpositionException(String message) {
    super(message, null, false, false);
  }
}
