package io.narthex.it.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.it.process.FreePort;
import io.narthex.it.process.NarthexServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the server again and again, at chosen moments, while it scrapes and takes samples of all
 * kinds, in and out of order, and deletions. Blocks are two seconds long, so that all of its
 * background work happens within seconds.
 *
 * <p>{@code -Dnarthex.kills=200} for a long run, {@code -Dnarthex.seed=N} to draw the same again.
 */
class KillTest {
  private static final int KILLS = Integer.getInteger("narthex.kills", 10);
  private static final long SEED = Long.getLong("narthex.seed", System.nanoTime());

  /** So much is read back after each start; at the end, everything. */
  private static final long RECENT_MILLIS = 30_000;

  @TempDir private Path directory;

  private final Random random = new Random(SEED);
  private final Oracle oracle = new Oracle();
  private final List<Sender> senders = new ArrayList<>();
  private final Map<KillMoment, Integer> kills = new EnumMap<>(KillMoment.class);
  private int missed;

  @Test
  void losesNothingAndInventsNothing() throws IOException {
    System.out.println("seed " + SEED + ", " + KILLS + " kills");
    createSenders();
    List<KillMoment> moments = new ArrayList<>();
    try (ScrapedTarget target = new ScrapedTarget()) {
      int port = FreePort.find();
      for (int kill = 0; kill < KILLS; kill++) {
        if (moments.isEmpty()) {
          moments.addAll(List.of(KillMoment.values()));
          Collections.shuffle(moments, random);
        }
        round(begin(port, target), moments.removeLast(), kill);
      }
      try (NarthexServer server = begin(port, target)) {
        server.awaitReady();
        verify(server, oracle.earliest(), "at the end");
        assertThat(server.process().stop()).isZero();
      }
    }
    System.out.println(
        kills
            + ", "
            + missed
            + " at another moment than wanted; samples "
            + oracle.count(Oracle.State.KEPT)
            + " kept, "
            + oracle.count(Oracle.State.GONE)
            + " gone");
    assertThat(oracle.count(Oracle.State.KEPT)).isGreaterThan(KILLS * 20L);
  }

  private void createSenders() {
    for (Sent kind : Sent.values()) {
      for (Sender.Order order : Sender.Order.values()) {
        senders.add(new Sender(oracle, kind, order, random.nextBoolean(), true, random.nextLong()));
      }
    }
  }

  private void round(NarthexServer started, KillMoment moment, int kill) {
    try (NarthexServer server = started) {
      if (moment.isBeforeReady()) {
        long taken = taken();
        load(server, moment, taken);
      } else {
        server.awaitReady();
        verify(server, System.currentTimeMillis() - RECENT_MILLIS, "before kill " + kill);
        load(server, moment, taken());
      }
    }
  }

  private long taken() {
    return senders.stream().mapToLong(Sender::acknowledged).sum();
  }

  /** Lets all senders send until the server has been killed. */
  private void load(NarthexServer server, KillMoment moment, long taken) {
    List<Sender.Run> runs = new ArrayList<>();
    for (Sender sender : senders) {
      runs.add(sender.new Run(server.api()));
    }
    if (!moment.await(server, directory, senders, taken, random)) {
      missed++;
    }
    if (!moment.isBeforeReady()) {
      long now = System.currentTimeMillis();
      oracle.observe(server.api(), ScrapedTarget.METRIC, now - RECENT_MILLIS, now);
    }
    server.process().kill();
    kills.merge(moment, 1, Integer::sum);
    runs.forEach(Sender.Run::close);
  }

  private void verify(NarthexServer server, long from, String when) {
    String where = when + ", seed " + SEED + ", killed so far " + kills;
    long now = System.currentTimeMillis();
    assertThat(oracle.verify(server.api(), Sender.METRIC, from, now)).as(where).isEmpty();
    assertThat(oracle.verifyScraped(server.api(), ScrapedTarget.METRIC, from, now))
        .as(where)
        .isEmpty();
    assertThat(errors(server)).as(where).isEmpty();
  }

  /** A kill may leave the file of active queries empty, of which the next start tells. */
  private static List<String> errors(NarthexServer server) {
    return server
        .process()
        .output()
        .lines()
        .filter(line -> line.contains("level=ERROR"))
        .filter(line -> !line.contains("Failed to read query log file"))
        .toList();
  }

  private NarthexServer begin(int port, ScrapedTarget target) throws IOException {
    Path config =
        Files.writeString(
            directory.resolve("prometheus.yml"),
            """
            global:
              scrape_interval: 200ms
              scrape_timeout: 200ms
            storage:
              tsdb:
                out_of_order_time_window: %dms
            scrape_configs:
              - job_name: self
                static_configs:
                  - targets: ["127.0.0.1:%d"]
              - job_name: target
                static_configs:
                  - targets: ["127.0.0.1:%d"]
            """
                .formatted(Sender.WINDOW_MILLIS, port, target.port()));
    return NarthexServer.begin(
        directory,
        port,
        "--config.file=" + config,
        "--storage.tsdb.path=" + directory.resolve("data"),
        "--storage.tsdb.min-block-duration=2s",
        "--storage.tsdb.max-block-duration=18s",
        "--storage.tsdb.block-reload-interval=1s",
        "--storage.tsdb.samples-per-chunk=20",
        "--web.enable-remote-write-receiver",
        "--web.enable-admin-api");
  }
}
