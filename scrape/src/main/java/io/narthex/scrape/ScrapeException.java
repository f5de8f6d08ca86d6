package io.narthex.scrape;

/** A job cannot be set up; the message names job and reason. */
public final class ScrapeException extends RuntimeException {
  public ScrapeException(String message) {
    super(message);
  }

  public ScrapeException(String message, Throwable cause) {
    super(message, cause);
  }
}
