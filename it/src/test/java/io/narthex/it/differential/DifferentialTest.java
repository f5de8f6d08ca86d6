package io.narthex.it.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.it.process.Api;
import io.narthex.it.process.Await;
import io.narthex.it.process.FreePort;
import io.narthex.it.process.Json;
import io.narthex.it.process.NarthexServer;
import io.narthex.it.process.Peer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One configuration, two servers, the same targets: every query of {@code queries.txt} must get the
 * same answer from ours and from a real Prometheus. Evaluation times lie between samples, where
 * closed and half-open ranges agree.
 */
class DifferentialTest {
  private static final int TICKS = 110;

  @TempDir private Path directory;

  @Test
  void answersEveryQueryAsPrometheusDoes() throws IOException {
    Peer.require("prometheus");
    // Samples lie off the grid of whole seconds, on which subqueries evaluate.
    long origin = (System.currentTimeMillis() / 15_000 - 4 * 60) * 15_000 + 3_700;
    int ours = FreePort.find();
    int theirs = FreePort.find();
    try (DemoTarget target = new DemoTarget(origin)) {
      Path config = writeConfig(target.port());
      try (Peer prometheus =
              Peer.prometheus(
                  directory,
                  theirs,
                  "--config.file=" + config,
                  "--storage.tsdb.path=" + directory.resolve("theirs"));
          NarthexServer narthex =
              NarthexServer.start(
                  directory,
                  ours,
                  "--config.file=" + config,
                  "--storage.tsdb.path=" + directory.resolve("ours"))) {
        int first = target.tick() + 8;
        Await.until("enough samples", Duration.ofMinutes(3), () -> target.tick() > first + TICKS);
        compareAll(
            narthex.api(),
            prometheus.api(),
            target.timeOf(first),
            target.timeOf(first + TICKS - 4));
      }
    }
  }

  private Path writeConfig(int port) throws IOException {
    return Files.writeString(
        directory.resolve("prometheus.yml"),
        """
        global:
          scrape_interval: 100ms
          scrape_timeout: 100ms
        scrape_configs:
          - job_name: demo
            static_configs:
              - targets: ["127.0.0.1:%d"]
                labels:
                  env: test
            metric_relabel_configs:
              - source_labels: [host]
                regex: h(.)
                target_label: shard
                replacement: s$1
        """
            .formatted(port));
  }

  private static void compareAll(Api ours, Api theirs, long firstMillis, long lastMillis)
      throws IOException {
    List<String> differences = new ArrayList<>();
    int compared = 0;
    for (String query : queries()) {
      double end = (lastMillis + 7_300) / 1000.0;
      double start = (firstMillis + 9 * 60_000 + 7_300) / 1000.0;
      String instant = "/api/v1/query?query=" + Api.encode(query) + "&time=" + end;
      String range =
          "/api/v1/query_range?query="
              + Api.encode(query)
              + "&start="
              + start
              + "&end="
              + end
              + "&step=20";
      compared += compare(query, instant, ours, theirs, differences);
      compared += compare(query + " (range)", range, ours, theirs, differences);
    }
    assertThat(compared).as("queries with an answer to compare").isGreaterThan(400);
    assertThat(differences).isEmpty();
  }

  private static int compare(
      String name, String path, Api ours, Api theirs, List<String> differences) {
    HttpResponse<String> expected = theirs.get(path);
    HttpResponse<String> actual = ours.get(path);
    if (expected.statusCode() != actual.statusCode()) {
      differences.add(
          name
              + ": status "
              + actual.statusCode()
              + " "
              + cut(actual.body())
              + ", expected "
              + expected.statusCode()
              + " "
              + cut(expected.body()));
      return 1;
    }
    if (expected.statusCode() != 200) {
      Object theirError = Json.at(Json.parse(expected.body()), "error");
      Object ourError = Json.at(Json.parse(actual.body()), "error");
      // Since 3.0 the parameter at fault is named in front of the error.
      if (!((String) ourError).endsWith((String) theirError)) {
        differences.add(name + ": error " + ourError + ", expected " + theirError);
      }
      return 1;
    }
    Answer theirAnswer =
        Answer.of(Json.at(Json.parse(expected.body()), "data"), name.startsWith("sort"));
    Answer ourAnswer =
        Answer.of(Json.at(Json.parse(actual.body()), "data"), name.startsWith("sort"));
    theirAnswer
        .differenceTo(ourAnswer)
        .ifPresent(difference -> differences.add(name + ": " + difference));
    return 1;
  }

  private static String cut(String text) {
    return text.length() > 200 ? text.substring(0, 200) : text;
  }

  static List<String> queries() throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(DifferentialTest.class.getResourceAsStream("queries.txt")),
                StandardCharsets.UTF_8))) {
      return reader.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    }
  }
}
