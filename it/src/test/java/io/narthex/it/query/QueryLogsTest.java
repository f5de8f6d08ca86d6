package io.narthex.it.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.it.process.Await;
import io.narthex.it.process.FreePort;
import io.narthex.it.process.Json;
import io.narthex.it.process.NarthexServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written down of queries, by a real server that is reloaded and killed. */
class QueryLogsTest {
  private static final String SLOW = "sum_over_time(sum_over_time(vector(1)[20d:10s])[20d:10s])";

  @TempDir private Path folder;

  private void config(String yaml) throws IOException {
    Files.writeString(folder.resolve("prometheus.yml"), yaml);
  }

  private List<String> lines(String file) throws IOException {
    return Files.readAllLines(folder.resolve(file));
  }

  @Test
  void logsQueriesToTheFileThatTheConfigurationNamesLast() throws IOException {
    config("global: {query_log_file: first.log}");
    try (NarthexServer server =
        NarthexServer.start(
            folder, FreePort.find(), "--config.file=prometheus.yml", "--web.enable-lifecycle")) {
      server.api().query("1 + 1");
      Object logged = Json.parse(lines("first.log").getLast());
      assertThat(Json.at(logged, "params", "query")).isEqualTo("1 + 1");
      assertThat(Json.at(logged, "httpRequest", "clientIP")).isEqualTo("127.0.0.1");
      assertThat(Json.at(logged, "httpRequest", "method")).isEqualTo("GET");
      assertThat(Json.at(logged, "httpRequest", "path")).isEqualTo("/api/v1/query");

      config("global: {query_log_file: second.log}");
      assertThat(server.api().post("/-/reload", "").statusCode()).isEqualTo(200);
      server.api().query("2");
      assertThat(lines("first.log")).hasSize(1);
      assertThat(lines("second.log")).hasSize(1);

      Files.move(folder.resolve("second.log"), folder.resolve("second.log.1"));
      assertThat(server.api().post("/-/reload", "").statusCode()).isEqualTo(200);
      server.api().query("3");
      assertThat(lines("second.log")).hasSize(1);

      config("global: {query_log_file: missing/third.log}");
      assertThat(server.api().post("/-/reload", "").statusCode()).isEqualTo(500);
      server.api().query("4");
      assertThat(lines("second.log")).hasSize(2);

      config("global: {}");
      assertThat(server.api().post("/-/reload", "").statusCode()).isEqualTo(200);
      server.api().query("5");
      assertThat(lines("second.log")).hasSize(2);
      assertThat(server.api().get("/metrics").body())
          .contains("prometheus_engine_query_log_enabled 0")
          .contains("prometheus_engine_query_log_failures_total 0");
    }
  }

  @Test
  void namesTheQueriesThatRanWhenTheServerWasKilled() throws IOException {
    config("global: {}");
    Path active = folder.resolve("data/queries.active");
    try (NarthexServer server =
        NarthexServer.start(folder, FreePort.find(), "--config.file=prometheus.yml")) {
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  server.api().query(SLOW);
                } catch (RuntimeException | AssertionError e) {
                  // The server is killed meanwhile.
                }
              });
      Await.until(
          "query recorded",
          Duration.ofSeconds(20),
          () -> read(active).contains("{\"query\":\"" + SLOW + "\",\"timestamp_sec\":"));
      server.process().kill();
    }
    assertThat(read(active)).contains(SLOW);
    try (NarthexServer server =
        NarthexServer.start(folder, FreePort.find(), "--config.file=prometheus.yml")) {
      assertThat(server.process().output())
          .contains("These queries didn't finish in prometheus' last run:")
          .contains(SLOW);
      assertThat(read(active)).doesNotContain(SLOW);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
