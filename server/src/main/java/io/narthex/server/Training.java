package io.narthex.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A short run of the server under a little of everything, for the JVM to record: classes loaded,
 * methods that are hot. The launcher keeps the record as the AOT cache of later starts.
 */
final class Training {
  private static final long SECONDS = 6;

  private static final List<String> QUERIES =
      List.of(
          "up",
          "sum by (job) (up)",
          "rate(prometheus_http_requests_total[1m])",
          "sum by (handler) (rate(prometheus_http_requests_total[30s]))",
          "histogram_quantile(0.9, sum by (le)"
              + " (rate(prometheus_http_request_duration_seconds_bucket[1m])))",
          "max_over_time(process_resident_memory_bytes[1m])",
          "avg_over_time(go_threads[1m]) > 0",
          "topk(3, count by (__name__) ({__name__=~\".+\"}))",
          "prometheus_http_requests_total * on (instance) group_left () up",
          "label_replace(up, \"a\", \"$1\", \"instance\", \"(.*):.*\")",
          "max_over_time(sum(up)[1m:5s])");

  private Training() {}

  public static void main(String... args) throws Exception {
    Path directory = Files.createTempDirectory("narthex-training");
    try {
      int port = freePort();
      Path config =
          Files.writeString(
              directory.resolve("prometheus.yml"),
              """
              global: {scrape_interval: 200ms, scrape_timeout: 200ms}
              scrape_configs:
                - job_name: training
                  static_configs: [{targets: ["127.0.0.1:%d"]}]
              """
                  .formatted(port));
      try (Server server =
          Main.start(
              "--config.file=" + config,
              "--storage.tsdb.path=" + directory.resolve("data"),
              "--web.listen-address=127.0.0.1:" + port)) {
        server.awaitReady();
        exercise(port);
      }
    } finally {
      delete(directory);
    }
  }

  private static void exercise(int port) {
    long end = System.nanoTime() + SECONDS * 1_000_000_000;
    while (System.nanoTime() < end) {
      long now = System.currentTimeMillis() / 1000;
      for (String query : QUERIES) {
        String encoded = java.net.URLEncoder.encode(query, StandardCharsets.UTF_8);
        get(port, "/api/v1/query?query=" + encoded);
        get(
            port,
            "/api/v1/query_range?query=" + encoded + "&step=1&start=" + (now - 60) + "&end=" + now);
      }
      get(port, "/api/v1/targets");
      get(port, "/api/v1/labels");
      get(port, "/query");
    }
  }

  private static void get(int port, String path) {
    String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      in.transferTo(answer);
      if (!answer.toString(StandardCharsets.UTF_8).startsWith("HTTP/1.1 2")) {
        throw new IllegalStateException(
            path + " answered " + answer.toString(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
