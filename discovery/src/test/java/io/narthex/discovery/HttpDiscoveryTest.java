package io.narthex.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.narthex.client.MetricRegistry;
import io.narthex.config.DiscoveryConfig;
import io.narthex.http.client.HttpClientConfig;
import io.narthex.model.labels.Labels;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpDiscoveryTest {
  private final LinkedBlockingQueue<Map<String, List<TargetGroup>>> updates =
      new LinkedBlockingQueue<>();
  private final DiscoveryManager manager =
      new DiscoveryManager("scrape", new MetricRegistry(), Duration.ofMillis(100), updates::add);
  private HttpServer server;
  private volatile String body = "[]";
  private volatile String contentType = "application/json; charset=utf-8";
  private volatile String refreshHeader = "";

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          refreshHeader =
              exchange.getRequestHeaders().getFirst("X-Prometheus-Refresh-Interval-Seconds");
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", contentType);
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    manager.close();
    server.stop(0);
  }

  @Test
  void followsTheAnswersAndKeepsTheLastGoodOne() throws InterruptedException {
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/sd";
    body =
        "[\n\t{\"targets\": [\"a:1\", \"b:1\"], \"labels\": {\"path\": \"\\/x\"}},"
            + "{\"targets\": [\"c:1\"]}]";
    manager.apply(
        Map.of(
            "job",
            List.of(
                new DiscoveryConfig.Http(url, Duration.ofMillis(1500), HttpClientConfig.DEFAULT))));

    assertThat(await(2))
        .containsExactly(
            new TargetGroup(
                url + ":0",
                List.of(Labels.of("__address__", "a:1"), Labels.of("__address__", "b:1")),
                Labels.of("path", "/x", "__meta_url", url)),
            new TargetGroup(
                url + ":1",
                List.of(Labels.of("__address__", "c:1")),
                Labels.of("__meta_url", url)));
    assertThat(refreshHeader).isEqualTo("1.5");

    contentType = "text/html";
    body = "<html>";
    Thread.sleep(1800);
    contentType = "application/json";
    body = "[{\"targets\": [\"z:1\"]}]";
    assertThat(await(1).getFirst().targets()).containsExactly(Labels.of("__address__", "z:1"));
    assertThat(updates.stream().anyMatch(all -> all.get("job").isEmpty())).isFalse();
  }

  private List<TargetGroup> await(int groups) throws InterruptedException {
    while (true) {
      Map<String, List<TargetGroup>> update = updates.poll(10, TimeUnit.SECONDS);
      assertThat(update).as("an update").isNotNull();
      if (update.get("job").size() == groups) {
        return update.get("job");
      }
    }
  }
}
