package io.narthex.web;

import io.narthex.client.Gauge;
import io.narthex.client.MetricRegistry;
import io.narthex.http.server.RequestHandler;

/** Lets requests through when the server is ready, and answers 503 while it is not. */
final class ReadinessGate {
  private final Gauge ready;
  private volatile Readiness readiness = Readiness.NOT_READY;

  ReadinessGate(MetricRegistry registry) {
    ready =
        registry.gauge(
            "prometheus_ready",
            "Whether Prometheus startup was fully completed and the server is ready for normal"
                + " operation.");
  }

  void set(Readiness now) {
    readiness = now;
    ready.set(now == Readiness.READY ? 1 : 0);
  }

  boolean isReady() {
    return readiness == Readiness.READY;
  }

  /** The handler, guarded. */
  RequestHandler guard(RequestHandler handler) {
    return exchange -> {
      Readiness now = readiness;
      if (now == Readiness.READY) {
        handler.handle(exchange);
      } else {
        exchange.responseHeader(
            "X-Prometheus-Stopping", Boolean.toString(now == Readiness.STOPPING));
        exchange.respond(503, "Service Unavailable");
      }
    };
  }
}
