package io.narthex.http.server;

import io.narthex.client.Counter;
import io.narthex.client.Family;
import io.narthex.client.Histogram;
import io.narthex.client.MetricRegistry;
import java.util.concurrent.atomic.LongAdder;

/** What Prometheus counts about the requests that it answers. */
final class HttpServerMetrics {
  private final Family<Counter> requests;
  private final Family<Histogram> duration;
  private final Family<Histogram> size;
  private final LongAdder connectionsAccepted = new LongAdder();
  private final LongAdder connectionsClosed = new LongAdder();

  HttpServerMetrics(MetricRegistry registry) {
    requests =
        registry.counterFamily(
            "prometheus_http_requests_total", "Counter of HTTP requests.", "handler", "code");
    duration =
        registry.histogramFamily(
            "prometheus_http_request_duration_seconds",
            "Histogram of latencies for HTTP requests.",
            new double[] {.1, .2, .4, 1, 3, 8, 20, 60, 120},
            "handler");
    size =
        registry.histogramFamily(
            "prometheus_http_response_size_bytes",
            "Histogram of response size for HTTP requests.",
            Histogram.exponentialBounds(100, 10, 8),
            "handler");
    registry.counterCallbacks(
        "net_conntrack_listener_conn_accepted_total",
        "Total number of connections opened to the listener of a given name.",
        values -> values.value(connectionsAccepted.sum(), "http"),
        "listener_name");
    registry.counterCallbacks(
        "net_conntrack_listener_conn_closed_total",
        "Total number of connections closed that were made to the listener of a given name.",
        values -> values.value(connectionsClosed.sum(), "http"),
        "listener_name");
  }

  /** Makes a route visible before its first request. */
  void announce(String handler) {
    requests.labels(handler, "200");
  }

  void observe(String handler, int status, double seconds, long bytes) {
    requests.labels(handler, Integer.toString(status)).inc();
    duration.labels(handler).observe(seconds);
    size.labels(handler).observe(bytes);
  }

  void connectionOpened() {
    connectionsAccepted.increment();
  }

  void connectionClosed() {
    connectionsClosed.increment();
  }
}
