package io.narthex.it.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.it.process.Api;
import io.narthex.it.process.FreePort;
import io.narthex.it.process.Json;
import io.narthex.it.process.NarthexServer;
import io.narthex.it.process.WriteRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an analyzed query costs in a real database, against what can be worked out by hand. */
class ExplainTest {
  private static final long BLOCK_MILLIS = 2 * 3_600_000L;
  private static final int SERIES = 200;
  private static final int SAMPLES = 300;

  @TempDir private Path folder;

  @Test
  void countsChunksAndSamplesOfTheHead() throws IOException {
    Files.writeString(folder.resolve("prometheus.yml"), "global: {}");
    try (NarthexServer server =
        NarthexServer.start(
            folder,
            FreePort.find(),
            "--config.file=prometheus.yml",
            "--web.enable-remote-write-receiver")) {
      // Far from where chunks are cut for being at the end of a block.
      long end = System.currentTimeMillis() / BLOCK_MILLIS * BLOCK_MILLIS - BLOCK_MILLIS / 2;
      write(server.api(), end);
      String query = Api.encode("sum by (job) (rate(made_total[5m]))");
      double at = end / 1000.0;
      Object data =
          Json.at(
              Json.parse(
                  server
                      .api()
                      .get("/api/v1/query_explain?analyze=true&query=" + query + "&time=" + at)
                      .body()),
              "data");
      Object sum = Json.at(data, "plan");
      Object rate = Json.list(Json.at(sum, "inputs")).getFirst();
      Object range = Json.list(Json.at(rate, "inputs")).getFirst();
      // 300 samples are two full chunks of about 120 and an open one; 5 min at 1 s are 300 samples,
      // the last of which is that of the query's time.
      assertThat(Json.at(range, "actual", "chunksDecoded")).isEqualTo(3.0 * SERIES);
      assertThat(Json.at(range, "actual", "samplesDecoded")).isEqualTo(300.0 * SERIES);
      assertThat(Json.at(rate, "actual", "totalQueryableSamples")).isEqualTo(300.0 * SERIES);
      assertThat(Json.at(data, "stats", "samples", "totalQueryableSamples"))
          .isEqualTo(300.0 * SERIES);
      assertThat(Json.at(sum, "actual", "seriesIn")).isEqualTo((double) SERIES);
      assertThat(Json.at(sum, "actual", "seriesOut")).isEqualTo(2.0);
      assertThat((double) Json.at(range, "actual", "cpuSeconds")).isPositive();
      assertThat(Json.list(Json.at(data, "hints"))).isEmpty();
    }
  }

  private static void write(Api api, long end) {
    for (int from = 0; from < SAMPLES; from += 10) {
      WriteRequest request = new WriteRequest();
      for (int i = from; i < from + 10; i++) {
        for (int s = 0; s < SERIES; s++) {
          request.add(
              end - (SAMPLES - 1 - i) * 1000L,
              i,
              "__name__",
              "made_total",
              "instance",
              "i" + s,
              "job",
              "j" + s % 2);
        }
      }
      assertThat(api.post("/api/v1/write", request.body(), WriteRequest.headers()).statusCode())
          .isEqualTo(204);
    }
  }
}
