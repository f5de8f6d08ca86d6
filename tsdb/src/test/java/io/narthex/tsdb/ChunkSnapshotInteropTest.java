package io.narthex.tsdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Matcher;
import io.narthex.model.value.Exemplar;
import io.narthex.storage.Appender;
import io.narthex.storage.Querier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus reads a chunk snapshot of ours, and we one of it. */
final class ChunkSnapshotInteropTest {
  /** With native histograms, the version that is mostly installed takes no snapshots. */
  private static final String FEATURES =
      "--enable-feature=memory-snapshot-on-shutdown,exemplar-storage";

  @TempDir private Path scratch;
  private Path prometheus;
  private Path data;

  @BeforeEach
  void findPeer() throws IOException {
    Optional<Path> server = RealPrometheus.program("prometheus");
    assumeTrue(server.isPresent(), "prometheus is not installed: skipped");
    prometheus = server.get();
    data = Files.createDirectory(scratch.resolve("data"));
  }

  private DbOptions options() {
    return DbOptions.of(data).withReload(3_600_000).withMaxExemplars(100).withMemorySnapshot(true);
  }

  private List<Path> snapshots() throws IOException {
    try (Stream<Path> entries = Files.list(data)) {
      return entries.filter(e -> e.getFileName().toString().startsWith("chunk_snapshot.")).toList();
    }
  }

  /** Makes sure that the log is not what is read. */
  private void spoil(Path segment) throws IOException {
    byte[] bytes = Files.readAllBytes(segment);
    bytes[10] ^= 1;
    Files.write(segment, bytes);
  }

  @Test
  void prometheusLoadsOurs() throws Exception {
    long from = System.currentTimeMillis() / 60_000 * 60_000 - 50 * 60_000;
    long last = from + 299 * 10_000L;
    try (TestDatabase database = TestDatabase.open(options())) {
      for (int s = 0; s < 300; s++) {
        database.append(from + s * 10_000L, 0, 10, s * 1.5);
        try (Appender appender = database.db.appender()) {
          Exemplar exemplar = new Exemplar(Labels.of("id", "e" + s), s, from + s * 10_000L, true);
          appender.appendExemplar(appender.series(TestDatabase.labels(3)), exemplar);
          appender.commit();
        }
      }
      database.db.delete(from, from + 99 * 10_000L, List.of(Matcher.equal("i", "4")));
    }
    assertThat(snapshots()).hasSize(1);
    spoil(data.resolve("wal/00000000"));
    try (RealPrometheus peer = RealPrometheus.start(prometheus, data, scratch, "", FEATURES)) {
      assertThat(peer.query("sum(count_over_time(up{i!=\"4\"}[1h]))", last)).contains("\"2700\"");
      assertThat(peer.query("count_over_time(up{i=\"4\"}[1h])", last)).contains("\"200\"");
      assertThat(peer.get("/api/v1/query_exemplars?query=up&start=0&end=" + last / 1000 + 1))
          .hasValueSatisfying(
              body -> assertThat(body).contains("\"id\":\"e299\"").contains("\"id\":\"e200\""));
      assertThat(peer.log())
          .contains("chunk snapshot loaded")
          .doesNotContain("level=error")
          .doesNotContain("corrupt");
    }
  }

  @Test
  void weLoadThatOfPrometheus() throws Exception {
    long end;
    long expected;
    try (RealPrometheus peer = RealPrometheus.start(prometheus, data, scratch, "200ms", FEATURES)) {
      end = peer.awaitScrapes();
      expected = samples(peer.query("{job=\"self\"}[1m]", end));
    }
    assertThat(snapshots()).hasSize(1);
    spoil(data.resolve("wal/00000000"));
    try (TestDatabase database = TestDatabase.open(options().withBlocks(7_200_000, 7_200_000))) {
      assertThat(database.metric("prometheus_tsdb_snapshot_replay_error_total")).isZero();
      assertThat(database.db.corruptions()).isZero();
      try (Querier querier = database.db.querier(end - 59_999, end)) {
        String scraped =
            NaiveDatabase.read(querier, end - 59_999, end, List.of(Matcher.equal("job", "self")));
        long samples = Pattern.compile(" \\d+=").matcher(scraped).results().count();
        assertThat(samples).isEqualTo(expected).isGreaterThan(1000);
      }
      database.append(now(), 0, 3, 1);
    }
    try (RealPrometheus peer = RealPrometheus.start(prometheus, data, scratch, "", FEATURES)) {
      assertThat(samples(peer.query("{job=\"self\"}[1m]", end))).isEqualTo(expected);
      assertThat(peer.query("count(last_over_time(up{i=~\".+\"}[1m]))", now())).contains("\"3\"");
      assertThat(peer.log()).contains("chunk snapshot loaded").doesNotContain("level=error");
    }
  }

  /** How many samples an answer has. */
  private static long samples(String json) {
    return Pattern.compile("\\[\\d+(\\.\\d+)?,\"").matcher(json).results().count();
  }

  private static long now() {
    return System.currentTimeMillis();
  }
}
