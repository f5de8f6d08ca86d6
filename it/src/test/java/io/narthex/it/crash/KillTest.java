package io.narthex.it.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.it.process.Await;
import io.narthex.it.process.FreePort;
import io.narthex.it.process.Json;
import io.narthex.it.process.NarthexServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the server again and again, at random moments, while it scrapes itself and takes remote
 * writes.
 */
class KillTest {
  private static final int KILLS = 20;

  @TempDir private Path directory;

  @Test
  void losesNoAcknowledgedSample() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Oracle oracle = new Oracle();
    int port = FreePort.find();
    long scrapesSeen = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      try (NarthexServer server = start(port)) {
        assertThat(oracle.faults(server.api(), System.currentTimeMillis() + 1000))
            .as("after kill %s of seed %s", kill, seed)
            .isEmpty();
        assertThat(scrapes(server))
            .as("scrapes that a query had shown before kill %s", kill)
            .isGreaterThanOrEqualTo(scrapesSeen);
        try (Writer first = new Writer(server.api(), oracle, "w1-" + kill % 3, 20);
            Writer second = new Writer(server.api(), oracle, "w2-" + kill % 4, 3)) {
          assertThat(first).isNotSameAs(second);
          Await.sleep(100 + random.nextInt(700));
          scrapesSeen = scrapes(server);
          server.process().kill();
        }
      }
    }
    try (NarthexServer server = start(port)) {
      assertThat(oracle.faults(server.api(), System.currentTimeMillis() + 1000)).isEmpty();
      assertThat(oracle.acknowledgedSamples())
          .as("acknowledged samples")
          .isGreaterThan(KILLS * 100);
      assertThat(server.process().stop()).isZero();
    }
  }

  private static long scrapes(NarthexServer server) {
    Object result = Json.at(server.api().query("count_over_time(up[1h])"), "result");
    return Json.list(result).isEmpty()
        ? 0
        : Long.parseLong((String) Json.list(Json.at(Json.list(result).getFirst(), "value")).get(1));
  }

  private NarthexServer start(int port) throws IOException {
    Path config =
        Files.writeString(
            directory.resolve("prometheus.yml"),
            """
            global:
              scrape_interval: 100ms
              scrape_timeout: 100ms
            scrape_configs:
              - job_name: self
                static_configs:
                  - targets: ["127.0.0.1:%d"]
            """
                .formatted(port));
    return NarthexServer.start(
        directory,
        port,
        "--config.file=" + config,
        "--storage.tsdb.path=" + directory.resolve("data"),
        "--web.enable-remote-write-receiver");
  }
}
