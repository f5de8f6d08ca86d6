package io.narthex.scrape;

import io.narthex.http.client.TransportRequest;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The request for a target's metrics, made anew only where the URL has changed. */
final class TargetRequest {
  private final PoolContext context;
  private final Target target;
  private final Duration timeout;
  private String url = "";
  private @Nullable TransportRequest made;

  TargetRequest(PoolContext context, Target target, Duration timeout) {
    this.context = context;
    this.target = target;
    this.timeout = timeout;
  }

  TransportRequest request() {
    TransportRequest request = made;
    if (request == null || !url.equals(target.url())) {
      url = target.url();
      request = make(url);
      made = request;
    }
    return request;
  }

  private TransportRequest make(String to) {
    var config = context.config();
    return TransportRequest.get(
            URI.create(to),
            Map.of(
                "Accept",
                AcceptHeader.of(config.scrapeProtocols(), config.nameEscaping()),
                "Accept-Encoding",
                config.enableCompression() ? "gzip" : "identity",
                "User-Agent",
                context.shared().options().userAgent(),
                "X-Prometheus-Scrape-Timeout-Seconds",
                seconds(timeout)),
            timeout)
        .withBodyLimit(config.limits().bodySizeBytes());
  }

  /** Seconds without an exponent and without zeros at the end. */
  private static String seconds(Duration duration) {
    return java.math.BigDecimal.valueOf(duration.toMillis(), 3)
        .stripTrailingZeros()
        .toPlainString();
  }
}
