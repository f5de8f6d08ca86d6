package io.narthex.discovery;

import io.narthex.config.ConfigException;
import io.narthex.config.ConfigLoader;
import io.narthex.config.DiscoveryConfig;
import io.narthex.http.client.BodyBuffer;
import io.narthex.http.client.Transport;
import io.narthex.http.client.TransportRequest;
import io.narthex.http.client.TransportResponse;
import io.narthex.model.labels.GoQuote;
import io.narthex.model.labels.Labels;
import io.narthex.model.value.GoFloat;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Target groups as JSON from an URL. */
final class HttpSource implements RefreshDiscoverer.Source {
  private static final String URL_LABEL = "__meta_url";
  private static final Pattern JSON =
      Pattern.compile(
          "application/json(;\\s*charset=(\"utf-8\"|utf-8))?", Pattern.CASE_INSENSITIVE);

  private final DiscoveryConfig.Http config;
  private final Transport transport;
  private final DiscoveryMetrics metrics;
  private final BodyBuffer body = new BodyBuffer(16 * 1024);
  private int groupCount;

  HttpSource(DiscoveryConfig.Http config, Transport transport, DiscoveryMetrics metrics) {
    this.config = config;
    this.transport = transport;
    this.metrics = metrics;
  }

  @Override
  public List<TargetGroup> refresh() throws IOException {
    try {
      List<DiscoveryConfig.Group> groups = fetch();
      List<TargetGroup> all =
          TargetGroups.ofPlace(
              groups, config.url(), Labels.of(URL_LABEL, config.url()), groupCount);
      groupCount = groups.size();
      return all;
    } catch (IOException e) {
      metrics.httpFailures.inc();
      throw e;
    }
  }

  private List<DiscoveryConfig.Group> fetch() throws IOException {
    double seconds = config.refreshInterval().toMillis() / 1000.0;
    Map<String, String> headers =
        Map.of(
            "User-Agent",
            "Prometheus/3.14.0",
            "Accept",
            "application/json",
            "X-Prometheus-Refresh-Interval-Seconds",
            GoFloat.plain(seconds));
    TransportResponse response =
        transport.send(
            TransportRequest.get(URI.create(config.url()), headers, config.refreshInterval()),
            body);
    if (response.status() != 200) {
      throw new IOException("server returned HTTP status " + response.statusLine());
    }
    String contentType = response.header("Content-Type");
    if (!JSON.matcher(contentType.strip()).matches()) {
      throw new IOException("unsupported content type " + GoQuote.quote(contentType));
    }
    try {
      return ConfigLoader.parseJsonTargetGroups(
          new String(body.bytes(), 0, body.length(), StandardCharsets.UTF_8), config.url());
    } catch (ConfigException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
