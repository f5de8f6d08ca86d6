package io.narthex.web;

import io.narthex.client.Counter;
import io.narthex.client.ExpositionFormat;
import io.narthex.client.Family;
import io.narthex.client.Gauge;
import io.narthex.client.MetricRegistry;
import io.narthex.client.TextExposition;
import io.narthex.http.server.Exchange;
import io.narthex.http.server.ResponseStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** `/metrics`: what this server counts about itself, as text; {@code name[]} picks families. */
final class MetricsHandler {
  private final MetricRegistry registry;
  private final Counter served;
  private final Gauge inFlight;

  MetricsHandler(MetricRegistry registry) {
    this.registry = registry;
    Family<Counter> requests =
        registry.counterFamily(
            "promhttp_metric_handler_requests_total",
            "Total number of scrapes by HTTP status code.",
            "code");
    served = requests.labels("200");
    requests.labels("500");
    requests.labels("503");
    inFlight =
        registry.gauge(
            "promhttp_metric_handler_requests_in_flight",
            "Current number of scrapes being served.");
  }

  /** Announces what was built, with Prometheus' label names. */
  void announce(BuildInfo build) {
    String arch = System.getProperty("os.arch", "");
    registry
        .gaugeFamily(
            "prometheus_build_info",
            "A metric with a constant '1' value labeled by version, revision, branch, goversion"
                + " from which prometheus was built, and the goos and goarch for the build.",
            "version",
            "revision",
            "branch",
            "goversion",
            "goos",
            "goarch",
            "tags")
        .labels(
            build.version(),
            build.revision(),
            build.branch(),
            build.runtimeVersion(),
            System.getProperty("os.name", "").toLowerCase(Locale.ROOT),
            arch.equals("aarch64") ? "arm64" : arch,
            "")
        .set(1);
  }

  void metrics(Exchange exchange) throws IOException {
    inFlight.inc();
    try {
      exchange.compress();
      List<String> names = exchange.parameters().all("name[]");
      ExpositionFormat format =
          ExpositionFormat.negotiateText(exchange.header("Accept").orElse(""));
      try (ResponseStream out = exchange.output(format.contentType())) {
        TextExposition.write(
            registry, format, name -> names.isEmpty() || names.contains(name), out);
      }
      served.inc();
    } finally {
      inFlight.dec();
    }
  }
}
