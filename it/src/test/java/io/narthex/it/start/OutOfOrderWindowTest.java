package io.narthex.it.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.it.process.Api;
import io.narthex.it.process.FreePort;
import io.narthex.it.process.Json;
import io.narthex.it.process.NarthexServer;
import io.narthex.it.process.SentHistogram;
import io.narthex.it.process.WriteRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The window for late samples follows the configuration while the server runs. */
class OutOfOrderWindowTest {
  private static final long MINUTE = 60_000;

  @TempDir private Path directory;

  @Test
  void changesWithTheConfigurationAndKeepsWhatWasTaken() throws IOException {
    int port = FreePort.find();
    long now = System.currentTimeMillis();
    try (NarthexServer server = start(port, "0s")) {
      Api api = server.api();
      assertThat(write(api, now)).isEqualTo(204);
      assertThat(write(api, now - MINUTE)).as("without a window").isEqualTo(400);
      reload(api, "10m");
      assertThat(write(api, now - 2 * MINUTE)).isEqualTo(204);
      assertThat(write(api, now - 20 * MINUTE)).as("before the window").isEqualTo(400);
      assertThat(samples(api, now)).isEqualTo(2);
      reload(api, "30m");
      assertThat(write(api, now - 21 * MINUTE)).isEqualTo(204);
      reload(api, "0s");
      assertThat(write(api, now - 3 * MINUTE)).as("without a window again").isEqualTo(400);
      assertThat(samples(api, now)).isEqualTo(3);
      server.process().kill();
    }
    try (NarthexServer server = start(port, "0s")) {
      assertThat(samples(server.api(), now)).as("after a crash, without a window").isEqualTo(3);
      assertThat(write(server.api(), now - 4 * MINUTE)).isEqualTo(400);
      assertThat(server.process().stop()).isZero();
      assertThat(server.process().output()).doesNotContain("level=ERROR");
    }
  }

  /** A float and a histogram. */
  private static int write(Api api, long time) {
    SentHistogram histogram = new SentHistogram(time, new long[] {1, 2}, new double[0], false);
    WriteRequest request =
        WriteRequest.second()
            .add(time, time, "__name__", "window", "kind", "float")
            .add(time, histogram, "__name__", "window", "kind", "histogram");
    return api.post("/api/v1/write", request.body(), request.ownHeaders()).statusCode();
  }

  /** How many each of both series has. */
  private static long samples(Api api, long now) {
    String query = "count_over_time(window[1h])";
    List<Object> found = Json.list(Json.at(api.query(query, (now + 1) / 1e3), "result"));
    assertThat(found).hasSize(2);
    List<Object> counts = found.stream().map(e -> Json.list(Json.at(e, "value")).get(1)).toList();
    assertThat(counts.getFirst()).isEqualTo(counts.getLast());
    return Long.parseLong((String) counts.getFirst());
  }

  private void reload(Api api, String window) throws IOException {
    configure(window);
    assertThat(api.post("/-/reload", "").statusCode()).isEqualTo(200);
  }

  private NarthexServer start(int port, String window) throws IOException {
    return NarthexServer.start(
        directory,
        port,
        "--config.file=" + configure(window),
        "--storage.tsdb.path=" + directory.resolve("data"),
        "--web.enable-lifecycle",
        "--web.enable-remote-write-receiver");
  }

  private Path configure(String window) throws IOException {
    return Files.writeString(
        directory.resolve("prometheus.yml"),
        "storage: {tsdb: {out_of_order_time_window: " + window + "}}\n");
  }
}
