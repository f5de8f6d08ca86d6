package io.narthex.web;

import io.narthex.http.server.CorsPolicy;
import io.narthex.http.server.Exchange;
import io.narthex.http.server.HttpServer;
import io.narthex.http.server.HttpServerOptions;
import io.narthex.http.server.Router;
import io.narthex.model.labels.MatchType;
import io.narthex.model.labels.Matcher;
import io.narthex.web.api.v1.ApiRoutes;
import io.narthex.web.api.v1.StatusHandler;
import io.narthex.web.json.JsonWriter;
import java.io.IOException;
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
  private final ApiRoutes api;
  private final HttpServer http;

  public WebServer(WebOptions options, WebParts parts) {
    gate = new ReadinessGate(parts.metrics());
    StatusHandler status =
        new StatusHandler(
            parts.database(), parts.config(), parts.status(), parts.build(), parts.flags());
    api = new ApiRoutes(options, parts, status, cors(options), gate::guard, gate::guardReceiver);
    http =
        new HttpServer(
            new HttpServerOptions(
                options.listenAddresses(),
                options.readTimeout(),
                options.maxConnections(),
                STOP_TIMEOUT),
            routes(options, parts, status),
            parts.metrics());
  }

  private Router routes(WebOptions options, WebParts parts, StatusHandler status) {
    Router router = new Router(options.routePrefix().equals("/") ? "" : options.routePrefix());
    if (!options.routePrefix().equals("/")) {
      router.addOutsidePrefix(
          "GET", "/", exchange -> exchange.redirect(302, options.routePrefix()));
    }
    long lookbackMillis = parts.engine().options().lookbackDeltaMillis();
    api.addTo(router);
    new ManagementHandler(options, parts.lifecycle()).addTo(router, gate::guard);
    new UiHandler(
            new Assets(WebServer.class.getClassLoader(), "static/"),
            options,
            lookbackMillis,
            gate::isReady)
        .addTo(router);
    MetricsHandler metrics = new MetricsHandler(parts.metrics());
    metrics.announce(parts.build());
    router.get("/metrics", metrics::metrics);
    router.get("/version", exchange -> version(exchange, status));
    FederateHandler federation =
        new FederateHandler(
            parts.storage(),
            parts.config(),
            lookbackMillis,
            System::currentTimeMillis,
            parts.metrics());
    router.get("/federate", gate.guard(federation::federate));
    options
        .userAssets()
        .ifPresent(folder -> router.get("/user/*filepath", new UserAssetsHandler(folder)::file));
    return router;
  }

  private static CorsPolicy cors(WebOptions options) {
    Matcher origin = Matcher.of(MatchType.REGEX, "Origin", options.corsOrigin());
    return new CorsPolicy(origin::matches);
  }

  private static void version(Exchange exchange, StatusHandler status) throws IOException {
    byte[] buffer = exchange.takeBuffer();
    try {
      var out = exchange.output(Exchange.TEXT);
      JsonWriter json = new JsonWriter(out, buffer);
      status.writeBuildInfo(json);
      out.write(buffer, 0, json.buffered());
      out.write('\n');
      out.close();
    } finally {
      exchange.giveBuffer(buffer);
    }
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
    api.stop();
    http.close();
  }
}
