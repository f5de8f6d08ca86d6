package io.narthex.scrape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A real exporter, as Debian ships it. */
final class NodeExporterTest {
  private static final Path BINARY = Path.of("/usr/bin/prometheus-node-exporter");

  @Test
  void storesWhatNodeExporterExposes() throws Exception {
    assumeTrue(Files.isExecutable(BINARY), "not installed: " + BINARY);
    int port = freePort();
    Process exporter =
        new ProcessBuilder(BINARY.toString(), "--web.listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (ScrapeHarness harness = new ScrapeHarness()) {
      String body = page("http://127.0.0.1:" + port + "/metrics");
      harness.apply(
          ScrapeHarness.load(
              """
              scrape_configs:
                - job_name: job
                  scrape_interval: 1s
                  scrape_timeout: 1s
                  static_configs:
                    - targets: ["127.0.0.1:%d"]
              """
                  .formatted(port)));
      harness.awaitScrapes(2);
      assertThat(harness.storage.values("up")).containsOnly(1.0);
      Set<String> stored =
          harness.storage.samples().stream()
              .map(s -> s.labels().metricName())
              .collect(Collectors.toSet());
      assertThat(stored).containsAll(metricNames(body));
      assertThat(harness.storage.values("scrape_samples_scraped").getFirst())
          .isBetween(0.9 * sampleLines(body), 1.1 * sampleLines(body));
      assertThat(harness.onlyTarget().metadata("node_cpu_seconds_total")).isPresent();
    } finally {
      exporter.destroy();
      exporter.waitFor();
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The page, once the exporter serves it. */
  private static String page(String url) throws InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (int attempt = 0; ; attempt++) {
        try {
          return client
              .send(
                  HttpRequest.newBuilder(URI.create(url)).build(),
                  HttpResponse.BodyHandlers.ofString())
              .body();
        } catch (IOException e) {
          if (attempt == 100) {
            throw new UncheckedIOException(e);
          }
          Thread.sleep(50);
        }
      }
    }
  }

  private static Set<String> metricNames(String body) {
    return body.lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("[{ ]")[0])
        // Those of the exporter itself come and go with its garbage collector.
        .filter(name -> name.startsWith("node_"))
        .collect(Collectors.toSet());
  }

  private static long sampleLines(String body) {
    return body.lines().filter(line -> !line.startsWith("#")).count();
  }
}
