package io.narthex.tsdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.narthex.client.MetricRegistry;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.MatchType;
import io.narthex.model.labels.Matcher;
import io.narthex.storage.Appender;
import io.narthex.storage.Querier;
import io.narthex.tsdb.encoding.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A directory goes from Narthex to Prometheus and from Prometheus to Narthex. */
final class PrometheusInteropTest {
  private static final long HOUR = 3_600_000;
  private static final long STEP = 60_000;
  private static final int SERIES = 20;

  @TempDir private Path scratch;
  private Path prometheus;
  private Path promtool;

  @BeforeEach
  void findPeers() {
    Optional<Path> server = RealPrometheus.program("prometheus");
    Optional<Path> tool = RealPrometheus.program("promtool");
    assumeTrue(server.isPresent() && tool.isPresent(), "prometheus is not installed: skipped");
    prometheus = server.get();
    promtool = tool.get();
  }

  private static Labels labels(int i) {
    return Labels.of("__name__", "interop", "i", Integer.toString(i), "text", "ä\"\\ö");
  }

  private static Db open(Path folder) throws Exception {
    Db db = Db.open(DbOptions.of(folder).withReload(3_600_000), new MetricRegistry());
    db.ready().get();
    return db;
  }

  private static long fill(Db db, long from, long to) {
    long last = from;
    for (long t = from; t < to; t += STEP) {
      try (Appender appender = db.appender()) {
        for (int i = 0; i < SERIES; i++) {
          appender.append(appender.series(labels(i)), t, i * 1000 + (t - from) / STEP);
        }
        appender.commit();
      }
      last = t;
    }
    return last;
  }

  @Test
  void prometheusReadsWhatNarthexWrote() throws Exception {
    Path data = Files.createDirectory(scratch.resolve("data"));
    long from = (System.currentTimeMillis() - 9 * HOUR) / (2 * HOUR) * (2 * HOUR);
    long to = from + 9 * HOUR;
    long last;
    try (Db db = open(data)) {
      last = fill(db, from, to);
      db.compact();
      assertThat(db.blockMetas()).isNotEmpty();
      // As a crash would leave it.
      copy(data, scratch.resolve("crashed"));
    }
    for (Path folder : List.of(data, scratch.resolve("crashed"))) {
      assertThat(RealPrometheus.run(promtool, "tsdb", "list", folder.toString())).contains("BLOCK");
      assertThat(RealPrometheus.run(promtool, "tsdb", "analyze", folder.toString()))
          .containsPattern("(Total )?Series: " + SERIES);
      try (RealPrometheus peer = RealPrometheus.start(prometheus, folder, scratch, "")) {
        int samples = (int) ((to - from) / STEP);
        assertThat(values(peer.query("count_over_time(interop[10h])", last)))
            .hasSize(SERIES)
            .containsOnly(Integer.toString(samples));
        assertThat(values(peer.query("sum(sum_over_time(interop[10h]))", last)))
            .containsExactly(sum(samples));
        assertThat(peer.query("count(interop{text=\"ä\\\"\\\\ö\"})", last)).contains("\"20\"");
        assertThat(peer.log()).doesNotContain("level=error").doesNotContain("corrupt");
      }
    }
  }

  /** Samples come in twos, the later one first; the last commit is as a crash would leave it. */
  @Test
  void prometheusReadsSamplesThatCameOutOfOrder() throws Exception {
    Path data = Files.createDirectory(scratch.resolve("late"));
    long from = (System.currentTimeMillis() - 9 * HOUR) / (2 * HOUR) * (2 * HOUR);
    int samples = (int) (9 * HOUR / STEP);
    long last = from + (samples - 1) * STEP;
    DbOptions options = DbOptions.of(data).withReload(3_600_000).withOutOfOrderWindow(HOUR);
    try (Db db = Db.open(options, new MetricRegistry())) {
      db.ready().get();
      for (int s = 0; s < samples; s += 2) {
        appendOne(db, from, s + 1);
        appendOne(db, from, s);
        if (s == samples / 2) {
          db.compact();
        }
      }
      assertThat(db.blockMetas().toString()).contains("from-out-of-order");
      copy(data, scratch.resolve("late-crashed"));
    }
    for (Path folder : List.of(data, scratch.resolve("late-crashed"))) {
      assertThat(folder.resolve("wbl")).isNotEmptyDirectory();
      try (RealPrometheus peer = RealPrometheus.start(prometheus, folder, scratch, "")) {
        assertThat(values(peer.query("count_over_time(interop[10h])", last)))
            .hasSize(SERIES)
            .containsOnly(Integer.toString(samples));
        assertThat(values(peer.query("sum(sum_over_time(interop[10h]))", last)))
            .containsExactly(sum(samples));
        assertThat(peer.log()).doesNotContain("level=error").doesNotContain("corrupt");
      }
    }
  }

  private static void appendOne(Db db, long from, int step) {
    try (Appender appender = db.appender()) {
      for (int i = 0; i < SERIES; i++) {
        appender.append(appender.series(labels(i)), from + step * STEP, i * 1000 + step);
      }
      appender.commit();
    }
  }

  private static String sum(int samples) {
    long sum = 0;
    for (int i = 0; i < SERIES; i++) {
      sum += 1000L * i * samples + (long) samples * (samples - 1) / 2;
    }
    return Long.toString(sum);
  }

  private static List<String> values(String json) {
    List<String> values = new ArrayList<>();
    var found = Pattern.compile("\"value\":\\[[^,]*,\"([^\"]*)\"]").matcher(json);
    while (found.find()) {
      values.add(found.group(1));
    }
    return values;
  }

  @Test
  void narthexReadsWhatPrometheusWrote() throws Exception {
    Path data = Files.createDirectory(scratch.resolve("theirs"));
    Path text = scratch.resolve("backfill.txt");
    Files.writeString(text, openMetrics(6 * HOUR / STEP));
    RealPrometheus.run(
        promtool, "tsdb", "create-blocks-from", "openmetrics", text.toString(), data.toString());
    long end;
    String expected;
    try (RealPrometheus peer = RealPrometheus.start(prometheus, data, scratch, "200ms")) {
      end = peer.awaitScrapes();
      expected = peer.query("{job=\"self\"}[1m]", end);
      peer.kill();
    }
    try (Db db = open(data)) {
      assertThat(db.corruptions()).isZero();
      try (Querier querier = db.querier(0, Long.MAX_VALUE)) {
        String theirs =
            NaiveDatabase.read(
                querier, 0, 10 * HOUR, List.of(Matcher.equal("__name__", "backfill")));
        assertThat(theirs.lines()).hasSize(3);
        assertThat(theirs).contains(" 60000=61.0 120000=121.0");
        String scraped =
            NaiveDatabase.read(
                querier, end - 60_000, end, List.of(Matcher.of(MatchType.EQUAL, "job", "self")));
        assertThat(byMetric(scraped)).isEqualTo(countsByMetric(expected));
        assertThat(scraped.lines().count()).isGreaterThan(100);
      }
    }
  }

  private static String openMetrics(long samples) {
    StringBuilder text = new StringBuilder("# TYPE backfill gauge\n");
    for (int i = 0; i < 3; i++) {
      for (long s = 0; s < samples; s++) {
        text.append("backfill{i=\"").append(i).append("\"} ");
        text.append(s * STEP / 1000 + 1).append(' ').append(s * STEP / 1000).append('\n');
      }
    }
    return text.append("# EOF\n").toString();
  }

  /** How many samples each metric has. */
  private static TreeMap<String, Integer> byMetric(String lines) {
    TreeMap<String, Integer> counts = new TreeMap<>();
    lines
        .lines()
        .forEach(
            line -> {
              String name = line.replaceFirst(".*__name__=\"([^\"]*)\".*", "$1");
              String samples = line.substring(line.lastIndexOf('}') + 1).trim();
              counts.merge(name, samples.split(" ").length, Integer::sum);
            });
    return counts;
  }

  private static TreeMap<String, Integer> countsByMetric(String json) {
    TreeMap<String, Integer> counts = new TreeMap<>();
    var series =
        Pattern.compile("\"__name__\":\"([^\"]*)\"[^}]*},\"values\":\\[((\\[[^]]*],?)*)]")
            .matcher(json);
    while (series.find()) {
      int samples = series.group(2).split("],").length;
      counts.merge(series.group(1), samples, Integer::sum);
    }
    return counts;
  }

  private static void copy(Path from, Path to) throws IOException {
    Folders.create(to);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }
}
