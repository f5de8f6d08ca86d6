package io.narthex.web;

import static io.narthex.web.TestServer.encode;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.config.ConfigException;
import io.narthex.model.labels.Labels;
import io.narthex.model.value.StaleMarker;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is not below `/api/v1`: health, life cycle, metrics, federation, UI. */
@Timeout(30)
final class WebServerTest {
  private TestServer server;

  @BeforeEach
  void start() throws ConfigException {
    server = new TestServer(options -> options.enableLifecycle(true).pageTitle("A & B"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void answersHealthAlwaysAndDataOnlyWhenReady() throws Exception {
    assertThat(server.get("/-/healthy").body()).isEqualTo("Prometheus Server is Healthy.\n");
    assertThat(server.get("/-/ready").body()).isEqualTo("Prometheus Server is Ready.\n");
    assertThat(server.send("HEAD", "/-/ready").statusCode()).isEqualTo(200);
    server.server().readiness(Readiness.NOT_READY);
    HttpResponse<String> starting = server.get("/api/v1/query?query=1");
    assertThat(starting.statusCode()).isEqualTo(503);
    assertThat(starting.body()).isEqualTo("Service Unavailable");
    assertThat(starting.headers().firstValue("X-Prometheus-Stopping")).contains("false");
    assertThat(server.get("/-/healthy").statusCode()).isEqualTo(200);
    assertThat(server.get("/metrics").body()).contains("prometheus_ready 0\n");
    assertThat(server.get("/api/v1/status/walreplay").statusCode()).isEqualTo(200);
    assertThat(server.get("/api/v1/notifications").statusCode()).isEqualTo(200);
    server.server().readiness(Readiness.STOPPING);
    assertThat(server.get("/-/ready").headers().firstValue("X-Prometheus-Stopping"))
        .contains("true");
  }

  @Test
  void reloadsAndQuitsOnRequest() throws Exception {
    assertThat(server.get("/-/reload").statusCode()).isEqualTo(405);
    assertThat(server.get("/-/reload").body()).isEqualTo("Only POST or PUT requests allowed");
    HttpResponse<String> reloaded = server.send("POST", "/-/reload");
    assertThat(reloaded.statusCode()).isEqualTo(200);
    assertThat(reloaded.body()).isEmpty();
    server.reloadFailure = "prometheus.yml:1:1: no";
    HttpResponse<String> failed = server.send("PUT", "/-/reload");
    assertThat(failed.statusCode()).isEqualTo(500);
    assertThat(failed.body()).isEqualTo("failed to reload config: prometheus.yml:1:1: no\n");
    assertThat(server.reloads).hasValue(2);
    assertThat(server.send("POST", "/-/quit").body())
        .isEqualTo("Requesting termination... Goodbye!");
    assertThat(server.send("POST", "/-/quit").body()).isEqualTo("Termination already in progress.");
    assertThat(server.quits).hasValue(1);
  }

  @Test
  void forbidsLifecycleUnlessEnabled() throws Exception {
    try (TestServer plain = new TestServer()) {
      assertThat(plain.send("POST", "/-/reload").statusCode()).isEqualTo(403);
      assertThat(plain.send("POST", "/-/quit").body()).isEqualTo("Lifecycle API is not enabled.");
      assertThat(plain.quits).hasValue(0);
      assertThat(plain.reloads).hasValue(0);
    }
  }

  @Test
  void exposesItsMetricsAsTextOnly() throws Exception {
    HttpResponse<String> metrics =
        server.send(
            "GET",
            "/metrics?name%5B%5D=prometheus_ready",
            "Accept",
            "application/openmetrics-text");
    assertThat(metrics.headers().firstValue("Content-Type"))
        .contains("text/plain; version=0.0.4; charset=utf-8; escaping=underscores");
    assertThat(metrics.body())
        .isEqualTo(
            "# HELP prometheus_ready Whether Prometheus startup was fully completed and the server"
                + " is ready for normal operation.\n"
                + "# TYPE prometheus_ready gauge\n"
                + "prometheus_ready 1\n");
    assertThat(server.get("/metrics").body())
        .contains("prometheus_http_requests_total{code=\"200\",handler=\"/api/v1/query\"} 0\n")
        .contains("prometheus_http_requests_total{code=\"200\",handler=\"/metrics\"} 1\n")
        .contains("prometheus_build_info{branch=\"main\",goarch=\"")
        .contains("promhttp_metric_handler_requests_in_flight 1\n")
        .contains("promhttp_metric_handler_requests_total{code=\"200\"} 1\n");
  }

  @Test
  void compressesMetrics() throws Exception {
    HttpResponse<InputStream> zipped =
        server
            .client()
            .send(
                server.request("/metrics").header("Accept-Encoding", "gzip").build(),
                BodyHandlers.ofInputStream());
    assertThat(zipped.headers().firstValue("Content-Encoding")).contains("gzip");
    try (InputStream in = new GZIPInputStream(zipped.body())) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
          .contains("prometheus_ready 1\n");
    }
  }

  @Test
  void federatesTheNewestSamples() throws Exception {
    long now = System.currentTimeMillis();
    server.database.add(Labels.of("__name__", "up", "instance", "a", "job", "x"), now - 20_000, 0);
    server.database.add(Labels.of("__name__", "up", "instance", "a", "job", "x"), now - 10_000, 1);
    server.database.add(
        Labels.of("__name__", "up", "job", "q\"\\", "region", "us"), now - 10_000, 2.5);
    server.database.add(Labels.of("__name__", "up", "job", "gone"), now - 1_000, StaleMarker.VALUE);
    server.database.add(Labels.of("__name__", "up", "job", "old"), now - 400_000, 1);
    server.database.add(Labels.of("job", "nameless"), now - 1_000, 1);
    server.database.add(Labels.of("__name__", "a.b", "job", "x"), now - 1_000, 1);
    String path = "/federate?" + encode("match[]", "up", "match[]", "{job=~\".+\"}");
    HttpResponse<String> answer = server.get(path);
    long t = now - 10_000;
    assertThat(answer.body())
        .isEqualTo(
            "# TYPE a_b untyped\na_b{job=\"x\",region=\"eu\",instance=\"\"} 1 "
                + (now - 1_000)
                + "\n# TYPE up untyped\nup{instance=\"a\",job=\"x\",region=\"eu\"} 1 "
                + t
                + "\nup{job=\"q\\\"\\\\\",region=\"us\",instance=\"\"} 2.5 "
                + t
                + "\n");
    assertThat(answer.headers().firstValue("Content-Type"))
        .contains("text/plain; version=0.0.4; charset=utf-8; escaping=underscores");
    assertThat(server.send("GET", path, "Accept", "text/plain;escaping=allow-utf-8").body())
        .contains("# TYPE \"a.b\" untyped\n{\"a.b\",job=\"x\"");
    assertThat(server.send("GET", path, "Accept", "text/plain;escaping=values").body())
        .contains("\nU__a_2e_b{");
    assertThat(server.send("GET", path, "Accept", "text/plain;escaping=dots").body())
        .contains("\na_dot_b{");
  }

  @Test
  void refusesToFederateBadSelectors() throws Exception {
    HttpResponse<String> bad = server.get("/federate?" + encode("match[]", "up["));
    assertThat(bad.statusCode()).isEqualTo(400);
    assertThat(bad.body()).isEqualTo("1:3: parse error: unexpected \"[\"\n");
    assertThat(server.get("/federate").body()).isEmpty();
    server.database.notReady = true;
    assertThat(server.get("/federate?match%5B%5D=up").statusCode()).isEqualTo(503);
    server.database.notReady = false;
    server.database.failure = "disk on fire";
    assertThat(server.get("/federate?match%5B%5D=up").statusCode()).isEqualTo(500);
    assertThat(server.get("/metrics").body())
        .contains("prometheus_web_federation_errors_total 2\n");
  }

  @Test
  void streamsNotifications() throws Exception {
    server.notifications.add(Notifications.STARTING_UP);
    assertThat(server.get("/api/v1/notifications").body())
        .matches(
            "\\{\"status\":\"success\",\"data\":\\[\\{\"text\":\"Prometheus is starting and"
                + " replaying the write-ahead log"
                + " \\(WAL\\)\\.\",\"date\":\"2026-01-0[^\"]*\",\"active\":true}]}");
    HttpResponse<InputStream> live =
        server
            .client()
            .send(
                server.request("/api/v1/notifications/live").build(), BodyHandlers.ofInputStream());
    assertThat(live.headers().firstValue("Content-Type")).contains("text/event-stream");
    try (BufferedReader events =
        new BufferedReader(new InputStreamReader(live.body(), StandardCharsets.UTF_8))) {
      assertThat(events.readLine())
          .startsWith("data: {\"text\":\"Prometheus is starting")
          .endsWith("\"active\":true}");
      assertThat(events.readLine()).isEmpty();
      assertThat(server.get("/api/v1/notifications/live").statusCode())
          .as("no slot is left")
          .isEqualTo(204);
      server.notifications.delete(Notifications.STARTING_UP);
      assertThat(events.readLine()).startsWith("data: ").endsWith("\"active\":false}");
    }
    awaitNoSubscribers();
  }

  private void awaitNoSubscribers() throws Exception {
    String none = "prometheus_api_notification_active_subscribers 0\n";
    for (int i = 0; i < 100 && !server.get("/metrics").body().contains(none); i++) {
      Thread.sleep(50);
    }
    assertThat(server.get("/metrics").body()).contains(none);
  }

  @Test
  void endsNotificationStreamsWhenItStops() throws Exception {
    HttpResponse<InputStream> live =
        server
            .client()
            .send(
                server.request("/api/v1/notifications/live").build(), BodyHandlers.ofInputStream());
    long start = System.nanoTime();
    server.server().close();
    assertThat(System.nanoTime() - start).isLessThan(4_000_000_000L);
    live.body().close();
  }

  @Test
  void sendsBrowsersToTheUi() throws Exception {
    HttpResponse<String> root = server.get("/");
    assertThat(root.statusCode()).isEqualTo(302);
    assertThat(root.headers().firstValue("Location")).contains("/query");
    assertThat(server.get("/graph?g0.expr=up").headers().firstValue("Location"))
        .contains("/query?g0.expr=up");
    HttpResponse<String> missing = server.get("/assets/none.js");
    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(server.get("/assets/..%2Findex.html").statusCode()).isNotEqualTo(200);
  }

  @Test
  void servesBelowThePathOfItsExternalUrl() throws Exception {
    try (TestServer prefixed =
        new TestServer(
            options ->
                options.routePrefix("/prom").externalUrl(URI.create("http://example.org/prom")))) {
      assertThat(prefixed.get("/").headers().firstValue("Location")).contains("/prom");
      assertThat(prefixed.get("/prom/").headers().firstValue("Location")).contains("/prom/query");
      assertThat(prefixed.get("/prom/api/v1/query?query=1").statusCode()).isEqualTo(200);
      assertThat(prefixed.get("/api/v1/query?query=1").statusCode()).isEqualTo(404);
      assertThat(prefixed.get("/prom/metrics").body())
          .contains("prometheus_http_requests_total{code=\"200\",handler=\"/api/v1/query\"} 1\n");
    }
  }

  @Test
  void servesUserAssets(@TempDir Path folder) throws Exception {
    Path assets = Files.createDirectories(folder.resolve("assets"));
    Files.writeString(assets.resolve("a.html"), "<p>");
    Files.writeString(folder.resolve("secret"), "secret");
    try (TestServer withAssets = new TestServer(options -> options.userAssets(assets))) {
      HttpResponse<String> file = withAssets.get("/user/a.html");
      assertThat(file.body()).isEqualTo("<p>");
      assertThat(file.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
      assertThat(withAssets.get("/user/none").statusCode()).isEqualTo(404);
      assertThat(withAssets.get("/user/%2e%2e/secret").body()).doesNotContain("secret\"");
      assertThat(withAssets.get("/user/%2e%2e%2fsecret").statusCode()).isNotEqualTo(200);
    }
  }
}
