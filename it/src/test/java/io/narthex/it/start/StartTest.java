package io.narthex.it.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.it.process.Api;
import io.narthex.it.process.Await;
import io.narthex.it.process.FreePort;
import io.narthex.it.process.Json;
import io.narthex.it.process.NarthexServer;
import io.narthex.it.process.RunningProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starting, stopping and reloading, and what is said where that is not possible. */
class StartTest {
  @TempDir private Path directory;

  @Test
  void scrapesItselfWithoutAnyConfiguration() {
    int port = FreePort.find();
    try (NarthexServer server = NarthexServer.start(directory, port)) {
      assertThat(server.process().output()).contains("http://127.0.0.1:" + port);
      assertThat(directory.resolve("data/wal")).isDirectory();
      Await.until("scrapes itself", Duration.ofSeconds(30), () -> server.api().value("up") == 1);
      assertThat(server.api().get("/-/healthy").body())
          .isEqualTo("Prometheus Server is Healthy.\n");
      assertThat(server.api().get("/metrics").body()).contains("prometheus_tsdb_head_series ");
      assertThat(server.process().stop()).isZero();
    }
  }

  @Test
  void refusesUnknownFlagWithSuggestion() {
    assertFails(
        2, "unknown long flag '--config.fil', did you mean '--config.file'?", "--config.fil=x");
  }

  @Test
  void namesTheConfigurationFileItCannotRead() {
    assertFails(2, "open none.yml: no such file or directory", "--config.file=none.yml");
  }

  @Test
  void namesFileAndLineOfABadConfiguration() throws IOException {
    Files.writeString(
        directory.resolve("bad.yml"),
        "scrape_configs:\n  - job_name: a\n    scrape_intervall: 1s\n");
    String output = assertFails(2, "scrape_intervall", "--config.file=bad.yml");
    assertThat(output)
        .contains("bad.yml:3:")
        .contains("scrape_interval\\\"")
        .contains("Error loading config");
  }

  @Test
  void saysThatThePortIsInUse() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + socket.getLocalPort();
      assertFails(
          1,
          "listen tcp " + address + ": bind: address already in use",
          "--web.listen-address=" + address);
    }
  }

  @Test
  void saysThatTheDataDirectoryIsLocked() {
    int port = FreePort.find();
    try (NarthexServer server = NarthexServer.start(directory, port)) {
      assertThat(server.process().isAlive()).isTrue();
      String output = assertFails(1, "lock", "--web.listen-address=127.0.0.1:" + FreePort.find());
      assertThat(output).contains("data").contains(String.valueOf(server.process().pid()));
    }
  }

  @Test
  void saysThatTheDataDirectoryCannotBeWritten() throws IOException {
    assertFails(1, "data", "--storage.tsdb.path=" + unwritable().resolve("data"));
  }

  /**
   * A folder in which nothing can be created; permissions do not stop root, the kernel's own
   * folders do.
   */
  private Path unwritable() throws IOException {
    return System.getProperty("user.name").equals("root")
        ? Path.of("/sys")
        : Files.createDirectory(
            directory.resolve("ro"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-xr-xr-x")));
  }

  @Test
  void saysThatTheDataDirectoryIsAFile() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "x");
    assertFails(1, file.toString(), "--storage.tsdb.path=" + file);
  }

  @Test
  void reloadsByHttpAndSignalAndKeepsTheOldConfigurationWhereTheNewIsBad() throws IOException {
    int port = FreePort.find();
    Path config = directory.resolve("prometheus.yml");
    Files.writeString(config, job("one", port));
    try (NarthexServer server = NarthexServer.start(directory, port, "--web.enable-lifecycle")) {
      Api api = server.api();
      Await.until("first job", Duration.ofSeconds(20), () -> api.value("up{job=\"one\"}") == 1);

      Files.writeString(config, job("two", port));
      assertThat(api.post("/-/reload", "").statusCode()).isEqualTo(200);
      Await.until("second job", Duration.ofSeconds(20), () -> api.value("up{job=\"two\"}") == 1);

      Files.writeString(config, "scrape_configs: 3\n");
      HttpResponse<String> refused = api.post("/-/reload", "");
      assertThat(refused.statusCode()).isEqualTo(500);
      assertThat(refused.body())
          .contains("failed to reload config: couldn't load configuration (--config.file=\"")
          .contains("prometheus.yml:1:");
      assertThat(
              Json.at(
                  Json.parse(api.get("/api/v1/status/runtimeinfo").body()),
                  "data",
                  "reloadConfigSuccess"))
          .isEqualTo(false);
      assertThat(api.get("/api/v1/status/config").body()).contains("two");

      Files.writeString(config, job("three", port));
      run("kill", "-HUP", String.valueOf(server.process().pid()));
      Await.until("third job", Duration.ofSeconds(20), () -> api.value("up{job=\"three\"}") == 1);

      assertThat(api.post("/-/quit", "").body()).isEqualTo("Requesting termination... Goodbye!");
      assertThat(server.process().await(Duration.ofSeconds(20))).isZero();
    }
  }

  @Test
  void answersBadRequestsWithOneClearError() {
    int port = FreePort.find();
    try (NarthexServer server = NarthexServer.start(directory, port)) {
      Api api = server.api();
      assertError(
          api, "/api/v1/query?query=sum(", 400, "1:5: parse error: unclosed left parenthesis");
      assertError(
          api,
          "/api/v1/query?query=up&time=yesterday",
          400,
          "cannot parse \"yesterday\" to a valid timestamp");
      assertError(
          api,
          "/api/v1/query_range?query=up&start=0&end=100&step=0",
          400,
          "zero or negative query resolution");
      assertError(
          api,
          "/api/v1/query_range?query=up&start=0&end=1e9&step=1",
          400,
          "exceeded maximum resolution of 11,000");
      assertError(api, "/api/v1/series", 400, "no match[] parameter provided");
      assertThat(api.get("/api/v1/nosuch").statusCode()).isEqualTo(404);
      assertThat(api.post("/-/reload", "").statusCode()).isEqualTo(403);
      assertThat(api.post("/api/v1/write", new byte[] {1}).statusCode()).isEqualTo(404);
      assertThat(api.get("/-/healthy").statusCode()).isEqualTo(200);
    }
  }

  private static void assertError(Api api, String path, int status, String message) {
    HttpResponse<String> response = api.get(path);
    assertThat(response.statusCode()).as(path).isEqualTo(status);
    assertThat((String) Json.at(Json.parse(response.body()), "error")).as(path).contains(message);
  }

  private static String job(String name, int port) {
    return """
    global: {scrape_interval: 500ms, scrape_timeout: 500ms}
    scrape_configs:
      - job_name: %s
        static_configs: [{targets: ["127.0.0.1:%d"]}]
    """
        .formatted(name, port);
  }

  private String assertFails(int exitCode, String message, String... flags) {
    List<String> all = new ArrayList<>(List.of(flags));
    if (all.stream().noneMatch(flag -> flag.startsWith("--web.listen-address"))) {
      all.add("--web.listen-address=127.0.0.1:" + FreePort.find());
    }
    try (RunningProcess process = NarthexServer.launch(directory, all)) {
      int code = process.await(Duration.ofSeconds(60));
      assertThat(process.output()).contains(message).doesNotContain("\tat ");
      assertThat(code).isEqualTo(exitCode);
      return process.output();
    }
  }

  private void run(String... command) {
    try (RunningProcess process =
        RunningProcess.start(List.of(command), directory, directory.resolve("command.log"))) {
      assertThat(process.await(Duration.ofSeconds(60))).isZero();
    }
  }
}
