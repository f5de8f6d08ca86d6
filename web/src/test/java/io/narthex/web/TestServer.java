package io.narthex.web;

import io.narthex.client.MetricRegistry;
import io.narthex.config.Config;
import io.narthex.config.ConfigException;
import io.narthex.config.ConfigLoader;
import io.narthex.config.LoadOptions;
import io.narthex.promql.Engine;
import io.narthex.promql.EngineOptions;
import io.narthex.scrape.TestTargets;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** A web server on a free port with a fake database, and a client for it. */
final class TestServer implements AutoCloseable {
  private static final String YAML =
      """
      global:
        external_labels:
          region: eu
      scrape_configs:
        - job_name: node
          scrape_interval: 30s
          static_configs:
            - targets: ["localhost:1234"]
      """;

  final FakeDatabase database = new FakeDatabase();
  final MetricRegistry registry = new MetricRegistry();
  final Notifications notifications =
      new Notifications(1, registry, () -> Instant.parse("2026-01-02T03:04:05Z"));
  volatile String reloadFailure = "";
  final AtomicInteger reloads = new AtomicInteger();
  final AtomicInteger quits = new AtomicInteger();

  private final HttpClient client = HttpClient.newHttpClient();
  private final Engine engine =
      new Engine(EngineOptions.defaults().with().maxConcurrency(2).build(), registry);
  private final WebServer server;
  private final String base;

  TestServer() throws ConfigException {
    this(options -> options);
  }

  TestServer(UnaryOperator<WebOptions.Builder> adjust) throws ConfigException {
    Config config =
        ConfigLoader.parse(YAML, Path.of("prometheus.yml"), new LoadOptions(false, Map.of()));
    WebOptions options =
        adjust
            .apply(
                WebOptions.builder()
                    .listenAddresses(List.of("127.0.0.1:0"))
                    .externalUrl(URI.create("http://prom.example.org:9090/")))
            .build();
    server = new WebServer(options, parts(config));
    server.start();
    server.readiness(Readiness.READY);
    base = "http://127.0.0.1:" + server.addresses().getFirst().getPort();
  }

  private WebParts parts(Config config) {
    return new WebParts(
        database,
        database,
        database,
        engine,
        new TestTargets(config),
        () -> config,
        () ->
            new RuntimeStatus(
                Instant.parse("2026-01-02T03:04:05.120Z"),
                "/work",
                "host",
                true,
                Instant.parse("2026-01-02T03:04:06Z"),
                "15d"),
        new BuildInfo("3.14.0", "abc", "main", "me", "20260102", "java25"),
        new TreeMap<>(Map.of("web.page-title", "<Title>", "config.file", "prometheus.yml")),
        Map.of("tsdb", Map.of("isolation", true)),
        new Lifecycle() {
          @Override
          public void reload() {
            reloads.incrementAndGet();
            if (!reloadFailure.isEmpty()) {
              throw new IllegalArgumentException(reloadFailure);
            }
          }

          @Override
          public void quit() {
            quits.incrementAndGet();
          }
        },
        notifications,
        Optional.of(exchange -> exchange.respondEmpty(204)),
        registry);
  }

  WebServer server() {
    return server;
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(10));
  }

  HttpResponse<String> get(String path) throws Exception {
    return client.send(request(path).build(), BodyHandlers.ofString());
  }

  HttpResponse<String> send(String method, String path, String... headers) throws Exception {
    HttpRequest.Builder request = request(path).method(method, HttpRequest.BodyPublishers.noBody());
    return client.send(
        (headers.length == 0 ? request : request.headers(headers)).build(),
        BodyHandlers.ofString());
  }

  HttpResponse<String> post(String path, String form) throws Exception {
    HttpRequest request =
        request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  HttpClient client() {
    return client;
  }

  /** Parameters as a query string or form: names and values alternate. */
  static String encode(String... pairs) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < pairs.length; i += 2) {
      out.append(i == 0 ? "" : "&").append(URLEncoder.encode(pairs[i], StandardCharsets.UTF_8));
      out.append('=').append(URLEncoder.encode(pairs[i + 1], StandardCharsets.UTF_8));
    }
    return out.toString();
  }

  @Override
  public void close() {
    client.shutdownNow();
    server.close();
    engine.close();
  }
}
