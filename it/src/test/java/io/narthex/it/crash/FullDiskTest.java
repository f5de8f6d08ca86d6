package io.narthex.it.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.narthex.it.process.Api;
import io.narthex.it.process.Await;
import io.narthex.it.process.FreePort;
import io.narthex.it.process.Json;
import io.narthex.it.process.NarthexServer;
import io.narthex.it.process.SmallDisk;
import io.narthex.it.process.WriteRequest;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose disk is full for a while, a real one of a few megabytes. */
class FullDiskTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String SERIES = Sender.METRIC + "/sent";

  @TempDir private Path directory;

  private final Oracle oracle = new Oracle();
  private long last;

  @Test
  void refusesWritesGoesOnScrapingAndKeepsWhatItAcknowledged() throws Exception {
    Path disk = Files.createDirectories(directory.resolve("disk"));
    assumeTrue(SmallDisk.isPossible(disk), "file systems may not be mounted here: skipped");
    Path kept = directory.resolve("kept");
    int port = FreePort.find();
    try (ScrapedTarget target = new ScrapedTarget();
        NarthexServer server =
            NarthexServer.begin(
                directory,
                port,
                SmallDisk.command(disk, 40),
                flags(target, disk.resolve("data")))) {
      server.awaitReady();
      SmallDisk small = new SmallDisk(server.process(), disk);
      Await.until("scraped", LIMIT, () -> scrapes(server.api()) > 0);
      assertThat(write(server.api()).statusCode()).isEqualTo(204);
      small.fill();
      Await.until("write refused", LIMIT, () -> isRefused(write(server.api())));
      Await.until(
          "scrape refused",
          LIMIT,
          () -> server.process().output().contains("Scrape commit failed"));
      Await.until("target up all the same", LIMIT, () -> isTargetUp(server.api()));
      assertThat(verify(server.api())).isEmpty();
      double before = scrapes(server.api());
      small.clear();
      Await.until("write taken", LIMIT, () -> write(server.api()).statusCode() == 204);
      Await.until("scraped again", LIMIT, () -> scrapes(server.api()) > before);
      assertThat(verify(server.api())).isEmpty();
      small.killAndCopy(Path.of("data"), kept);
    }
    try (ScrapedTarget target = new ScrapedTarget();
        NarthexServer server = NarthexServer.start(directory, port, flags(target, kept))) {
      assertThat(verify(server.api())).isEmpty();
      assertThat(oracle.count(Oracle.State.KEPT)).isGreaterThan(1);
    }
  }

  private HttpResponse<String> write(Api api) {
    last = Math.max(last + 1, System.currentTimeMillis());
    String value = Double.toString(last);
    WriteRequest request = new WriteRequest();
    request.add(last, (double) last, "__name__", Sender.METRIC, "series", "sent");
    oracle.sent(SERIES, last, value);
    HttpResponse<String> answer = api.post("/api/v1/write", request.body(), request.ownHeaders());
    if (answer.statusCode() == 204) {
      oracle.acknowledged(SERIES, last);
    }
    return answer;
  }

  private static boolean isRefused(HttpResponse<String> answer) {
    if (answer.statusCode() == 204) {
      return false;
    }
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).contains("No space left on device");
    return true;
  }

  private Iterable<String> verify(Api api) {
    return oracle.verify(api, Sender.METRIC, oracle.earliest(), last);
  }

  private static double scrapes(Api api) {
    return api.value("max_over_time(" + ScrapedTarget.METRIC + "{series=\"0\"}[1h])");
  }

  /** As in Prometheus, where a storage that fails is not the target's failure. */
  private static boolean isTargetUp(Api api) {
    Object answer = Json.parse(api.get("/api/v1/targets").body());
    Object target = Json.list(Json.at(answer, "data", "activeTargets")).getFirst();
    return "up".equals(Json.at(target, "health")) && "".equals(Json.at(target, "lastError"));
  }

  private String[] flags(ScrapedTarget target, Path data) throws IOException {
    Path config =
        Files.writeString(
            directory.resolve("prometheus.yml"),
            """
            global:
              scrape_interval: 500ms
              scrape_timeout: 500ms
            scrape_configs:
              - job_name: target
                static_configs:
                  - targets: ["127.0.0.1:%d"]
            """
                .formatted(target.port()));
    return new String[] {
      "--config.file=" + config, "--storage.tsdb.path=" + data, "--web.enable-remote-write-receiver"
    };
  }
}
