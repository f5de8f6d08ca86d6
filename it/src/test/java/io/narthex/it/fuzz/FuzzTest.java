package io.narthex.it.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.it.process.Api;
import io.narthex.it.process.FreePort;
import io.narthex.it.process.Json;
import io.narthex.it.process.NarthexServer;
import io.narthex.it.process.Peer;
import io.narthex.it.process.WriteRequest;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compares answers with those of the Prometheus that is installed, to {@code
 * -Dnarthex.fuzz.queries} from {@code -Dnarthex.fuzz.seed} on: by default some thousand and always
 * the same.
 */
final class FuzzTest {
  private static final int QUERIES = 3000;
  private static final int ENOUGH = 10;
  private static final long SHRINK_SECONDS = 20;

  @TempDir private Path directory;

  @Test
  void answersRandomQueriesAsPrometheusDoes() throws IOException {
    Peer.require("prometheus");
    long seed = Long.getLong("narthex.fuzz.seed", 1);
    int queries = Integer.getInteger("narthex.fuzz.queries", QUERIES);
    Path config = Files.writeString(directory.resolve("prometheus.yml"), "global: {}\n");
    String[] flags = {
      "--config.file=" + config,
      "--web.enable-remote-write-receiver",
      "--enable-feature=" + ModernQueries.FEATURES,
      "--storage.tsdb.path="
    };
    try (Peer prometheus =
            Peer.prometheus(
                directory,
                FreePort.find(),
                flags[0],
                flags[1],
                flags[2],
                flags[3] + "theirs",
                "--enable-feature=native-histograms");
        NarthexServer narthex =
            NarthexServer.start(
                directory, FreePort.find(), flags[0], flags[1], flags[2], flags[3] + "ours")) {
      for (byte[] body : new FuzzData(seed).requests()) {
        write(prometheus.api(), body);
        write(narthex.api(), body);
      }
      boolean modern = isModern(prometheus.api());
      Comparison comparison = new Comparison(narthex.api(), prometheus.api(), modern);
      QueryGenerator generator = new QueryGenerator(new Random(seed), modern);
      List<String> differences = compare(comparison, generator, new Random(seed), queries);
      System.out.printf(
          "%d queries from seed %d, %d answers with series, %d with histograms, %d differences%n",
          queries, seed, comparison.withSeries(), comparison.withHistograms(), differences.size());
      assertThat(differences).as("seed %d", seed).isEmpty();
      assertThat(comparison.withSeries()).as("answers with series").isGreaterThan(queries / 3);
    }
  }

  private static boolean isModern(Api api) {
    Object info = Json.parse(api.get("/api/v1/status/buildinfo").body());
    return !((String) Json.at(info, "data", "version")).startsWith("2.");
  }

  private static List<String> compare(
      Comparison comparison, QueryGenerator generator, Random random, int queries) {
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < queries && differences.size() < ENOUGH; i++) {
      Question question = Question.random(random, generator.query());
      if (comparison.difference(question).isPresent()) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SHRINK_SECONDS);
        Question smallest = comparison.shrink(question, deadline);
        differences.add(
            smallest
                + ": "
                + comparison.difference(smallest).orElse("only sometimes: " + question));
      }
    }
    return differences;
  }

  private static void write(Api api, byte[] body) {
    HttpResponse<String> response = api.post("/api/v1/write", body, WriteRequest.headers());
    assertThat(response.statusCode()).as("%s", response.body()).isBetween(200, 204);
  }
}
