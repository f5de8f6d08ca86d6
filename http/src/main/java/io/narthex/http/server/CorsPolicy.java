package io.narthex.http.server;

import java.util.function.Predicate;

/** Which pages of other origins may read answers, told to browsers by headers. */
public final class CorsPolicy {
  private final Predicate<String> allowed;

  /**
   * @param allowed tells whether an origin, such as {@code https://example.org}, may read answers
   */
  public CorsPolicy(Predicate<String> allowed) {
    this.allowed = allowed;
  }

  /** Sets the headers of a response. */
  public void apply(Exchange exchange) {
    exchange.addResponseHeader("Vary", "Origin");
    String origin = exchange.header("Origin").orElse("");
    if (origin.isEmpty()) {
      return;
    }
    exchange.responseHeader(
        "Access-Control-Allow-Headers", "Accept, Authorization, Content-Type, Origin");
    exchange.responseHeader("Access-Control-Allow-Methods", "GET, POST, OPTIONS");
    exchange.responseHeader("Access-Control-Expose-Headers", "Date");
    if (allowed.test(origin)) {
      exchange.responseHeader("Access-Control-Allow-Origin", origin);
    }
  }
}
