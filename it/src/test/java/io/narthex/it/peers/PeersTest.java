package io.narthex.it.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.it.process.Api;
import io.narthex.it.process.Await;
import io.narthex.it.process.FreePort;
import io.narthex.it.process.Json;
import io.narthex.it.process.NarthexServer;
import io.narthex.it.process.Peer;
import io.narthex.it.process.RunningProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real exporters are scraped, and real tools read what was stored. */
class PeersTest {
  @TempDir private Path directory;

  @Test
  void scrapesRealExportersAndAnswersOverThem() throws IOException {
    int nodePort = FreePort.find();
    int gatewayPort = FreePort.find();
    int port = FreePort.find();
    try (Peer node = Peer.nodeExporter(directory, nodePort);
        Peer gateway = Peer.pushgateway(directory, gatewayPort)) {
      assertThat(node.process().isAlive()).isTrue();
      gateway
          .api()
          .put("/metrics/job/batch/instance/nightly", "# TYPE rows_total counter\nrows_total 42\n");
      try (NarthexServer server = start(port, nodePort, gatewayPort)) {
        Api api = server.api();
        Await.until(
            "every target up", Duration.ofSeconds(20), () -> api.vector("up == 1").size() == 3);
        Await.until(
            "rates",
            Duration.ofSeconds(20),
            () -> !api.vector("rate(node_cpu_seconds_total[1m])").isEmpty());
        assertThat(api.value("sum(rate(node_cpu_seconds_total[1m]))")).isBetween(1e-6, 1000.0);
        assertThat(api.vector("sum by (job) (up)")).hasSize(3);
        // The gateway keeps the pushed job's own labels.
        assertThat(api.value("rows_total{job=\"batch\",instance=\"nightly\"}")).isEqualTo(42);
        Await.until(
            "own request latencies",
            Duration.ofSeconds(20),
            () ->
                api.value(
                        "histogram_quantile(0.9, sum by (le)"
                            + " (rate(prometheus_http_request_duration_seconds_bucket[5m])))")
                    > 0);
        assertTargetsAreShown(api);
        assertThat(server.process().stop()).isZero();
      }
      assertPromtoolReadsTheData();
    }
  }

  private static void assertTargetsAreShown(Api api) {
    Object data = Json.at(Json.parse(api.get("/api/v1/targets").body()), "data");
    List<Object> active = Json.list(Json.at(data, "activeTargets"));
    assertThat(active)
        .hasSize(3)
        .allSatisfy(target -> assertThat(Json.at(target, "health")).isEqualTo("up"));
    Object metadata =
        Json.at(
            Json.parse(api.get("/api/v1/metadata?metric=node_cpu_seconds_total").body()), "data");
    assertThat(metadata.toString()).contains("counter");
  }

  private void assertPromtoolReadsTheData() throws IOException {
    String data = directory.resolve("data").toString();
    String promtool = Peer.require("promtool");
    // A head that was never cut to a block has nothing that promtool could list: cut it by a
    // snapshot first.
    String blocks = snapshot();
    String list = run(List.of(promtool, "tsdb", "list", blocks));
    assertThat(list).contains("BLOCK ULID").containsPattern("01[0-9A-Z]{24}");
    assertThat(run(List.of(promtool, "tsdb", "analyze", blocks)))
        .contains("Highest cardinality metric names:")
        .contains("node_cpu_seconds_total");
    assertThat(run(List.of(promtool, "tsdb", "dump", "--match={job=\"batch\"}", data)))
        .contains("rows_total");
    assertThat(run(List.of(promtool, "tsdb", "list", data))).contains("BLOCK ULID");
  }

  /** Lets the server write all its data as blocks and returns their folder. */
  private String snapshot() throws IOException {
    int port = FreePort.find();
    Path config = Files.writeString(directory.resolve("empty.yml"), "global: {}\n");
    try (NarthexServer server =
        NarthexServer.start(
            directory,
            port,
            "--config.file=" + config,
            "--storage.tsdb.path=" + directory.resolve("data"),
            "--web.enable-admin-api")) {
      Object answer = Json.parse(server.api().post("/api/v1/admin/tsdb/snapshot", "").body());
      return directory
          .resolve("data/snapshots")
          .resolve((String) Json.at(answer, "data", "name"))
          .toString();
    }
  }

  private String run(List<String> command) {
    Path log = directory.resolve("command-" + System.nanoTime() + ".log");
    try (RunningProcess process = RunningProcess.start(command, directory, log)) {
      int code = process.await(Duration.ofSeconds(60));
      assertThat(code).as("%s%n%s", command, process.output()).isZero();
      return process.output();
    }
  }

  private NarthexServer start(int port, int nodePort, int gatewayPort) throws IOException {
    Path config =
        Files.writeString(
            directory.resolve("prometheus.yml"),
            """
            global:
              scrape_interval: 1s
            scrape_configs:
              - job_name: narthex
                static_configs:
                  - targets: ["127.0.0.1:%d"]
              - job_name: node
                file_sd_configs:
                  - files: [targets-*.yml]
              - job_name: gateway
                honor_labels: true
                static_configs:
                  - targets: ["127.0.0.1:%d"]
            """
                .formatted(port, gatewayPort));
    Files.writeString(
        directory.resolve("targets-node.yml"),
        "- targets: [\"127.0.0.1:%d\"]\n  labels: {rack: r1}\n".formatted(nodePort));
    return NarthexServer.start(
        directory,
        port,
        "--config.file=" + config,
        "--storage.tsdb.path=" + directory.resolve("data"));
  }
}
