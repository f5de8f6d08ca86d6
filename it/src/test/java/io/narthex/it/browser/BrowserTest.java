package io.narthex.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.it.process.Await;
import io.narthex.it.process.FreePort;
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

/** Drives a real browser over the pages of a running server; the steps are in {@code ui/e2e}. */
class BrowserTest {
  @TempDir private Path directory;

  @Test
  void showsGraphsTablesAndTargets() throws IOException {
    Peer.require("chromium");
    Path ui = Path.of(System.getProperty("narthex.root", ".."), "ui").toAbsolutePath().normalize();
    int nodePort = FreePort.find();
    int port = FreePort.find();
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
                static_configs:
                  - targets: ["127.0.0.1:%d"]
            """
                .formatted(port, nodePort));
    try (Peer node = Peer.nodeExporter(directory, nodePort);
        NarthexServer server = NarthexServer.start(directory, port, "--config.file=" + config)) {
      assertThat(node.process().isAlive()).isTrue();
      Await.until(
          "both targets up for a while",
          Duration.ofSeconds(60),
          () -> server.api().vector("count_over_time(up[1m]) > 15").size() == 2);
      List<String> command = List.of("node", "e2e/run.mjs", "--base-url=" + server.api().base());
      try (RunningProcess browser =
          RunningProcess.start(command, ui, directory.resolve("browser.log"))) {
        int code = browser.await(Duration.ofMinutes(4));
        assertThat(browser.output()).containsPattern("\\d+ passed, 0 failed");
        assertThat(code).as(browser.output()).isZero();
      }
    }
  }
}
