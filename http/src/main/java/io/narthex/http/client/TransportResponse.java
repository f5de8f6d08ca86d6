package io.narthex.http.client;

/**
 * Status and headers of an answer; its body is in the {@link BodyBuffer} that the caller gave.
 *
 * @param reason the words behind the status code, as {@code Not Found}
 * @param headers names are matched without regard to case
 */
public record TransportResponse(int status, String reason, Headers headers) {
  /** Looks headers up. */
  @FunctionalInterface
  public interface Headers {
    /** The first value of the header, empty where it is absent. */
    String first(String name);
  }

  public String header(String name) {
    return headers.first(name);
  }

  public String contentType() {
    return headers.first("Content-Type");
  }

  /** Code and words, as {@code 404 Not Found}. */
  public String statusLine() {
    return reason.isEmpty() ? Integer.toString(status) : status + " " + reason;
  }
}
