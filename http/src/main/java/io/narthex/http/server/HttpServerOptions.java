package io.narthex.http.server;

import java.time.Duration;
import java.util.List;

/**
 * What a server listens on and what it allows.
 *
 * @param listenAddresses {@code host:port} each; an empty host means all interfaces, port 0 any
 *     free one
 * @param readTimeout longest time for reading a request, and for an idle connection
 * @param maxConnections most connections at once, over all addresses; others wait to be accepted
 * @param stopTimeout longest time that a stop waits for running requests
 */
public record HttpServerOptions(
    List<String> listenAddresses, Duration readTimeout, int maxConnections, Duration stopTimeout) {
  public HttpServerOptions {
    listenAddresses = List.copyOf(listenAddresses);
  }

  /** Prometheus' defaults: 5 minutes, 512 connections. */
  public static HttpServerOptions listeningOn(List<String> addresses) {
    return new HttpServerOptions(addresses, Duration.ofMinutes(5), 512, Duration.ofSeconds(5));
  }
}
