package io.narthex.it.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.it.process.Api;
import io.narthex.it.process.Await;
import io.narthex.it.process.FreePort;
import io.narthex.it.process.Json;
import io.narthex.it.process.NarthexServer;
import io.narthex.it.process.Peer;
import io.narthex.it.process.RunningProcess;
import io.narthex.it.process.WriteRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A data directory goes back and forth between this server and the Prometheus on the path, grows in
 * both, and each is killed before the other takes over.
 */
class HandoverTest {
  private static final int ROUNDS = 6;
  private static final String THEIRS = "theirs";

  /** To Prometheus a sample is late that is so much older than others, half of a short block. */
  private static final long LATE_MILLIS = 1000;

  private static final long SEED = Long.getLong("narthex.seed", System.nanoTime());

  @TempDir private Path directory;

  private final Random random = new Random(SEED);
  private final Oracle oracle = new Oracle();
  private final List<Sender> senders = new ArrayList<>();
  private final TreeSet<Long> exemplars = new TreeSet<>();
  private boolean blocksAreShort;

  /** Whether the other is Prometheus 2. */
  private boolean old;

  @ParameterizedTest(name = "blocks of {0}")
  @ValueSource(strings = {"2s", "2h"})
  void everySampleIsFoundByTheOther(String blocks) throws IOException {
    Peer.require("prometheus");
    System.out.println("seed " + SEED);
    blocksAreShort = blocks.equals("2s");
    int port = FreePort.find();
    old = isOld(port);
    createSenders();
    for (int round = 0; round < ROUNDS; round++) {
      if (round % 2 == 0) {
        try (NarthexServer ours = NarthexServer.start(directory, port, flags(blocks))) {
          round(ours.api(), ours.process(), "ours, round " + round);
        }
      } else {
        try (Peer theirs = Peer.prometheus(directory, port, flags(blocks))) {
          round(theirs.api(), theirs.process(), THEIRS + ", round " + round);
        }
      }
    }
    try (NarthexServer ours = NarthexServer.start(directory, port, flags(blocks))) {
      verify(ours.api(), "ours, at the end");
      assertThat(ours.process().output()).doesNotContain("level=ERROR");
    }
    assertThat(oracle.count(Oracle.State.KEPT)).isGreaterThan(1000);
  }

  private boolean isOld(int port) throws IOException {
    try (Peer peer =
        Peer.prometheus(
            directory,
            port,
            "--config.file=" + config(),
            "--storage.tsdb.path=" + directory.resolve("empty"))) {
      Object answer = Json.parse(peer.api().get("/api/v1/status/buildinfo").body());
      return ((String) Json.at(answer, "data", "version")).startsWith("2.");
    }
  }

  /**
   * Prometheus 2 knows no histograms out of order and no custom buckets. And any Prometheus that is
   * killed while late samples go to a block may lose some.
   */
  private void createSenders() {
    for (Sent kind : Sent.values()) {
      if (old && (kind == Sent.CUSTOM_BUCKETS || kind == Sent.MIXED)) {
        continue;
      }
      // Checkpoints of Prometheus 2.42 have none, so that some are gone where it was killed.
      if (old && blocksAreShort && kind == Sent.FLOAT_HISTOGRAM) {
        continue;
      }
      for (Sender.Order order : Sender.Order.values()) {
        boolean late = order == Sender.Order.LATE || order == Sender.Order.JUST_LATE;
        if (late && (blocksAreShort || old && kind != Sent.FLOAT)) {
          continue;
        }
        // Prometheus hides what comes late to a deleted range, and 2.42 loses chunks of histograms
        // that are behind one from which it takes deleted samples when it writes a block.
        boolean deletes = !late && !(old && blocksAreShort && kind != Sent.FLOAT);
        boolean second = !old && random.nextBoolean();
        Sender sender = new Sender(oracle, kind, order, second, deletes, random.nextLong());
        if (blocksAreShort) {
          sender.judgeWithin(LATE_MILLIS);
        }
        senders.add(sender);
      }
    }
  }

  private void round(Api api, RunningProcess process, String who) {
    verify(api, who);
    List<Sender.Run> runs = new ArrayList<>();
    for (Sender sender : senders) {
      sender.forgetPending();
      runs.add(sender.new Run(api));
    }
    for (int i = 0; i < 10; i++) {
      Await.sleep(150 + random.nextInt(150));
      sendExemplar(api);
    }
    process.kill();
    runs.forEach(Sender.Run::close);
  }

  private void verify(Api api, String who) {
    long from = oracle.earliest();
    if (from == Long.MAX_VALUE) {
      return;
    }
    long now = System.currentTimeMillis();
    assertThat(oracle.verify(api, Sender.METRIC, from, now, id -> comparesValues(id, who)))
        .as("%s, seed %s", who, SEED)
        .isEmpty();
    // Exemplars go with the head's samples when these go to a block.
    if (!blocksAreShort) {
      assertThat(storedExemplars(api, from, now))
          .as("exemplars of %s, seed %s", who, SEED)
          .isEqualTo(exemplars);
    }
  }

  /** Prometheus 2 shows the same integer histogram at all times of a range. */
  private boolean comparesValues(String series, String who) {
    return !(old && who.startsWith(THEIRS) && series.contains("integer"));
  }

  private void sendExemplar(Api api) {
    long time = System.currentTimeMillis();
    WriteRequest request =
        new WriteRequest().addWithExemplar(time, time, "trace-" + time, "__name__", "traced_total");
    if (api.post("/api/v1/write", request.body(), request.ownHeaders()).statusCode() == 204) {
      exemplars.add(time);
    }
  }

  private static TreeSet<Long> storedExemplars(Api api, long from, long to) {
    String range = "&start=" + from / 1e3 + "&end=" + to / 1e3;
    Object answer =
        Json.parse(api.get("/api/v1/query_exemplars?query=traced_total" + range).body());
    TreeSet<Long> times = new TreeSet<>();
    for (Object series : Json.list(Json.at(answer, "data"))) {
      for (Object exemplar : Json.list(Json.at(series, "exemplars"))) {
        long time = Math.round((Double) Json.at(exemplar, "timestamp") * 1000);
        assertThat(Json.at(exemplar, "labels", "trace_id")).isEqualTo("trace-" + time);
        times.add(time);
      }
    }
    return times;
  }

  private String[] flags(String blocks) throws IOException {
    return new String[] {
      "--config.file=" + config(),
      "--storage.tsdb.path=" + directory.resolve("data"),
      "--storage.tsdb.min-block-duration=" + blocks,
      "--storage.tsdb.max-block-duration=" + (blocksAreShort ? "18s" : "31d"),
      "--enable-feature=exemplar-storage,native-histograms",
      "--web.enable-remote-write-receiver",
      "--web.enable-admin-api"
    };
  }

  private Path config() throws IOException {
    return Files.writeString(
        directory.resolve("prometheus.yml"),
        """
        storage:
          tsdb:
            out_of_order_time_window: %dms
        """
            .formatted(Sender.WINDOW_MILLIS));
  }
}
