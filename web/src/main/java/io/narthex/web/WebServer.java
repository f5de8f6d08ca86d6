package io.narthex.web;

import io.narthex.http.server.HttpServer;
import io.narthex.http.server.HttpServerOptions;
import io.narthex.http.server.Router;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * The web server. Construct, {@link #bind} early so that a port in use is noticed before anything
 * is opened, {@link #start}, say {@link #readiness} as it changes, {@link #close}.
 */
public final class WebServer implements AutoCloseable {
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

  private final ReadinessGate gate;
  private final HttpServer http;

  public WebServer(WebOptions options, WebParts parts) {
    this.gate = new ReadinessGate(parts.metrics());
    Router router = new Router(options.routePrefix().equals("/") ? "" : options.routePrefix());
    this.http =
        new HttpServer(
            new HttpServerOptions(
                options.listenAddresses(),
                options.readTimeout(),
                options.maxConnections(),
                STOP_TIMEOUT),
            router,
            parts.metrics());
  }

  /**
   * Opens the listening sockets; requests wait until {@link #start}.
   *
   * @throws io.narthex.http.server.HttpServerException where an address is in use or invalid
   */
  public void bind() {
    http.bind();
  }

  /** Starts to answer; binds first, if that has not been done. */
  public void start() {
    http.start();
  }

  /** Says whether requests that need data are answered from now on. */
  public void readiness(Readiness readiness) {
    gate.set(readiness);
  }

  /** The addresses that the server listens on, with the ports that it got. */
  public List<InetSocketAddress> addresses() {
    return http.addresses();
  }

  /** Stops accepting, waits a short time for running requests, then closes all connections. */
  @Override
  public void close() {
    http.close();
  }
}
