package io.narthex.web;

import io.narthex.client.Gauge;
import io.narthex.client.MetricRegistry;
import io.narthex.http.server.Exchange;
import io.narthex.http.server.RequestHandler;
import java.io.IOException;

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

  /** The handler, for when there is all data. */
  RequestHandler guard(RequestHandler handler) {
    return exchange -> {
      if (readiness == Readiness.READY) {
        handler.handle(exchange);
      } else {
        refuse(exchange);
      }
    };
  }

  /** The handler, for when data can be added. */
  RequestHandler guardReceiver(RequestHandler handler) {
    return exchange -> {
      Readiness now = readiness;
      if (now == Readiness.READY || now == Readiness.RECEIVING) {
        handler.handle(exchange);
      } else {
        refuse(exchange);
      }
    };
  }

  private void refuse(Exchange exchange) throws IOException {
    exchange.responseHeader(
        "X-Prometheus-Stopping", Boolean.toString(readiness == Readiness.STOPPING));
    exchange.respond(503, "Service Unavailable");
  }
}
