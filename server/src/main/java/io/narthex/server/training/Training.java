package io.narthex.server.training;

import io.narthex.server.Main;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Two short runs of the server, for the JVM to record: classes loaded, methods that are hot. The
 * first writes, the second starts with a replay of that and then does a little of everything. The
 * launcher keeps the record as the AOT cache of later starts.
 */
public final class Training {
  private static final long SECONDS = 10;

  /** What the second start has to replay. */
  private static final int REPLAYED_SERIES = 30_000;

  private static final int REPLAYED_SAMPLES = 10;
  private static final int SERIES_PER_REQUEST = 500;

  private static final List<String> QUERIES =
      List.of(
          "up",
          "training_requests_total{status=\"500\"}",
          "sum by (service) (rate(training_requests_total[10s]))",
          "sum by (service, status) (rate(training_requests_total{handler=~\"/api/.*\"}[5s]))",
          "max by (zone) (max_over_time(training_temperature[10s]))",
          "quantile(0.9, training_temperature) - on () group_left () avg(training_temperature)",
          "count by (__name__) ({job=\"training\"})",
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

  /** Small requests: what each costs is the way of a request through the server. */
  private static final List<String> SMALL =
      List.of(
          "/api/v1/query?query=" + encoded("up{job=\"self\",instance!=\"\"}"),
          "/api/v1/query?query=" + encoded("absent(nothing{job=\"training\"})"),
          "/api/v1/query?query=" + encoded("sum(rate(prometheus_http_requests_total[1m])) > 0"),
          "/api/v1/labels",
          "/api/v1/label/zone/values",
          "/api/v1/series?match[]=up",
          "/-/healthy");

  private static final int SMALL_ROUNDS = 3_000;

  private Training() {}

  public static void main(String... args) throws Exception {
    Path directory = Files.createTempDirectory("narthex-training");
    try (TrainingTarget target = new TrainingTarget()) {
      int port = freePort();
      Path config =
          Files.writeString(
              directory.resolve("prometheus.yml"),
              """
              global: {scrape_interval: 100ms, scrape_timeout: 100ms}
              scrape_configs:
                - job_name: training
                  static_configs: [{targets: ["127.0.0.1:%1$d", "localhost:%1$d", "127.0.0.2:%1$d", "127.0.0.3:%1$d"]}]
                - job_name: self
                  static_configs: [{targets: ["127.0.0.1:%2$d"]}]
              """
                  .formatted(target.port(), port));
      List<String> flags =
          List.of(
              "--config.file=" + config,
              "--storage.tsdb.path=" + directory.resolve("data"),
              "--web.listen-address=127.0.0.1:" + port,
              "--web.enable-remote-write-receiver");
      Main.runFor(flags, () -> fill(port));
      Main.runFor(flags, () -> exercise(port));
    } finally {
      delete(directory);
    }
  }

  /** Writes what the next start has to replay: series and samples enough to be hot. */
  private static void fill(int port) {
    long start = System.currentTimeMillis() - REPLAYED_SAMPLES * 1000L;
    for (int sample = 0; sample < REPLAYED_SAMPLES; sample++) {
      for (int series = 0; series < REPLAYED_SERIES; series += SERIES_PER_REQUEST) {
        write(port, start + sample * 1000L, series);
      }
    }
  }

  private static void exercise(int port) {
    long end = System.nanoTime() + SECONDS * 1_000_000_000;
    while (System.nanoTime() < end) {
      long now = System.currentTimeMillis() / 1000;
      for (String query : QUERIES) {
        String encoded = encoded(query);
        get(port, "/api/v1/query?query=" + encoded);
        get(
            port,
            "/api/v1/query_range?query=" + encoded + "&step=1&start=" + (now - 60) + "&end=" + now);
      }
      write(port, now * 1000, 0);
      get(port, "/api/v1/targets");
      get(port, "/api/v1/labels");
      get(port, "/query");
    }
    exerciseSmall(port);
  }

  /** Over a kept connection, often enough that all of the way is hot. */
  private static void exerciseSmall(int port) {
    for (int round = 0; round < SMALL_ROUNDS; round++) {
      for (String path : SMALL) {
        getKept(port, path);
      }
    }
  }

  private static void getKept(int port, String path) {
    try (InputStream answer =
        URI.create("http://127.0.0.1:" + port + path).toURL().openConnection().getInputStream()) {
      answer.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String encoded(String query) {
    return URLEncoder.encode(query, StandardCharsets.UTF_8);
  }

  private static void write(int port, long timeMillis, int firstSeries) {
    byte[] body = TrainingWrite.body(timeMillis, firstSeries, SERIES_PER_REQUEST);
    String head =
        "POST /api/v1/write HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            + "Content-Type: application/x-protobuf\r\nContent-Encoding: snappy\r\nContent-Length: "
            + body.length
            + "\r\n\r\n";
    send(port, "/api/v1/write", head, body);
  }

  private static void get(int port, String path) {
    String head = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    send(port, path, head, new byte[0]);
  }

  private static void send(int port, String path, String head, byte[] body) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(body);
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      socket.getInputStream().transferTo(answer);
      String text = answer.toString(StandardCharsets.UTF_8);
      if (!text.startsWith("HTTP/1.1 2")) {
        throw new IllegalStateException(path + " answered " + text);
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
