package io.narthex.scrape;

import static io.narthex.scrape.ScrapeHarness.await;
import static io.narthex.scrape.ScrapeHarness.config;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.model.labels.Labels;
import io.narthex.model.value.StaleMarker;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ScrapeManagerTest {
  private final ScrapeHarness harness = new ScrapeHarness();

  @AfterEach
  void close() {
    harness.close();
  }

  @Test
  void storesSamplesAndReportSeriesInOneBatch() {
    try (TestTarget target = TestTarget.of("a{x=\"1\"} 1\nb 2 1000\n")) {
      harness.apply(config("", target));
      harness.awaitScrapes(2);
      Labels instance = Labels.of("instance", target.address(), "job", "job");
      RecordingStorage.Sample a = harness.storage.of("a").getFirst();
      assertThat(a.labels())
          .isEqualTo(
              Labels.of("__name__", "a", "x", "1", "instance", target.address(), "job", "job"));
      assertThat(harness.storage.of("b").getFirst().t()).isEqualTo(1000);
      assertThat(harness.storage.of("up").getFirst().labels().without("__name__"))
          .isEqualTo(instance);
      assertThat(harness.storage.values("up").getFirst()).isEqualTo(1);
      assertThat(harness.storage.values("scrape_samples_scraped").getFirst()).isEqualTo(2);
      assertThat(harness.storage.values("scrape_samples_post_metric_relabeling").getFirst())
          .isEqualTo(2);
      assertThat(harness.storage.values("scrape_series_added").subList(0, 2))
          .containsExactly(2.0, 0.0);
      assertThat(harness.storage.values("scrape_duration_seconds").getFirst()).isBetween(0.0, 0.15);
      assertThat(harness.storage.commits()).isEqualTo(harness.storage.of("up").size());
    }
  }

  @Test
  void asksAsPrometheusDoes() {
    try (TestTarget target = TestTarget.of("a 1\n")) {
      harness.apply(config("params: {name: [x, y]}\nmetrics_path: /probe", target));
      harness.awaitScrapes(1);
      assertThat(target.requests().getFirst())
          .startsWith("GET /probe?name=x&name=y HTTP/1.1\r\n")
          .contains(
              "Accept: application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
                  + "application/openmetrics-text;version=0.0.1;q=0.5,"
                  + "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,"
                  + "text/plain;version=0.0.4;q=0.3,*/*;q=0.2\r\n")
          .contains("Accept-Encoding: gzip\r\n")
          .contains("User-Agent: Prometheus/3.14.0\r\n")
          .contains("X-Prometheus-Scrape-Timeout-Seconds: 0.15\r\n");
    }
  }

  @Test
  void scrapesOnAnEvenGrid() {
    try (TestTarget target = TestTarget.of("a 1\n")) {
      harness.apply(config("", target));
      harness.awaitScrapes(10);
      List<Long> times = harness.storage.of("up").stream().map(RecordingStorage.Sample::t).toList();
      long onGrid =
          times.stream().filter(t -> Math.floorMod(t - times.getFirst(), 200L) == 0).count();
      // A busy machine may wake the odd scrape up too late.
      assertThat(onGrid).isGreaterThanOrEqualTo(times.size() / 2);
    }
  }

  @Test
  void marksVanishedSeriesStaleOnce() {
    try (TestTarget target =
        new TestTarget((n, out) -> TestTarget.text(out, n == 1 ? "a 1\nb 1\n" : "b 1\n"))) {
      harness.apply(config("", target));
      harness.awaitScrapes(4);
      List<RecordingStorage.Sample> a = harness.storage.of("a");
      assertThat(a).hasSize(2);
      assertThat(StaleMarker.is(a.get(1).value())).isTrue();
      assertThat(a.get(1).t()).isEqualTo(harness.storage.of("b").get(1).t());
      assertThat(harness.storage.values("b")).doesNotContain(StaleMarker.VALUE);
    }
  }

  @Test
  void marksAllSeriesStaleWhereAScrapeFails() {
    try (TestTarget target =
        new TestTarget(
            (n, out) -> {
              if (n == 1) {
                TestTarget.text(out, "a 1\n");
              } else {
                TestTarget.head(out, "503 Service Unavailable", "text/plain", 0);
              }
            })) {
      harness.apply(config("", target));
      harness.awaitScrapes(3);
      assertThat(harness.storage.values("up").subList(0, 3)).containsExactly(1.0, 0.0, 0.0);
      assertThat(harness.storage.of("a")).hasSize(2);
      assertThat(StaleMarker.is(harness.storage.values("a").get(1))).isTrue();
      Target only = harness.onlyTarget();
      assertThat(only.health()).isEqualTo(TargetHealth.DOWN);
      assertThat(only.lastError()).isEqualTo("server returned HTTP status 503 Service Unavailable");
    }
  }

  @Test
  void ignoresTimestampsWhereTheyAreNotHonored() {
    try (TestTarget target = TestTarget.of("a 1 1000\n")) {
      harness.apply(config("honor_timestamps: false", target));
      harness.awaitScrapes(2);
      assertThat(harness.storage.of("a").get(1).t()).isEqualTo(harness.storage.of("up").get(1).t());
    }
  }

  @Test
  void leavesSeriesWithTheirOwnTimeAloneUnlessTracked() {
    try (TestTarget target =
        new TestTarget((n, out) -> TestTarget.text(out, n == 1 ? "a 1 1000\n" : "b 1\n"))) {
      harness.apply(config("", target));
      harness.awaitScrapes(3);
      assertThat(harness.storage.of("a")).hasSize(1);
    }
    try (TestTarget target =
        new TestTarget((n, out) -> TestTarget.text(out, n == 1 ? "c 1 1000\n" : "d 1\n"))) {
      harness.apply(config("track_timestamps_staleness: true", target));
      await(() -> harness.storage.of("d").size() > 1);
      assertThat(harness.storage.of("c")).hasSize(2);
    }
  }

  @Test
  void movesConflictingLabelsUnlessTheyAreHonored() {
    try (TestTarget target =
        TestTarget.of("a{job=\"x\",exported_job=\"y\"} 1\nb{instance=\"\"} 1\n")) {
      harness.apply(config("", target));
      harness.awaitScrapes(1);
      assertThat(harness.storage.of("a").getFirst().labels())
          .isEqualTo(
              Labels.of(
                  "__name__",
                  "a",
                  "job",
                  "job",
                  "exported_job",
                  "y",
                  "exported_exported_job",
                  "x",
                  "instance",
                  target.address()));
      assertThat(harness.storage.of("b").getFirst().labels().get("instance"))
          .isEqualTo(target.address());
      harness.apply(config("honor_labels: true", target));
      await(
          () -> harness.storage.of("a").stream().anyMatch(s -> s.labels().get("job").equals("x")));
      await(() -> harness.storage.of("b").stream().anyMatch(s -> !s.labels().has("instance")));
    }
  }

  @Test
  void relabelsAndDropsSamples() {
    try (TestTarget target = TestTarget.of("a 1\nb 2\n")) {
      harness.apply(
          config(
              """
              metric_relabel_configs:
                - source_labels: [__name__]
                  regex: b
                  action: drop
                - target_label: env
                  replacement: test
              """,
              target));
      harness.awaitScrapes(3);
      assertThat(harness.storage.of("b")).isEmpty();
      assertThat(harness.storage.of("a").getFirst().labels().get("env")).isEqualTo("test");
      assertThat(harness.storage.values("scrape_samples_scraped")).containsOnly(2.0);
      assertThat(harness.storage.values("scrape_samples_post_metric_relabeling")).containsOnly(1.0);
    }
  }

  @Test
  void refusesAScrapeBeyondTheSampleLimitWhole() {
    try (TestTarget target =
        new TestTarget(
            (n, out) -> TestTarget.text(out, n == 2 ? "a 1\nb 1\nc 1\n" : "a 1\nb 1\n"))) {
      harness.apply(config("sample_limit: 2", target));
      harness.awaitScrapes(3);
      assertThat(harness.storage.values("up").subList(0, 3)).containsExactly(1.0, 0.0, 1.0);
      assertThat(harness.storage.values("scrape_samples_scraped").get(1)).isEqualTo(3);
      assertThat(harness.storage.values("scrape_samples_post_metric_relabeling").get(1))
          .isEqualTo(3);
      assertThat(harness.storage.of("c")).isEmpty();
      // As upstream: those within the limit were seen, so they are not stale.
      assertThat(harness.storage.values("a").subList(0, 2)).containsExactly(1.0, 1.0);
    }
  }

  @Test
  void refusesTooManyOrTooLongLabels() {
    assertLimit(
        "label_limit: 3", "label_limit exceeded (metric: a, number of labels: 4, limit: 3)");
    assertLimit(
        "label_name_length_limit: 8",
        "label_name_length_limit exceeded (metric: a, label name: long_name, length: 9, limit: 8)");
    assertLimit(
        "label_value_length_limit: 20",
        "label_value_length_limit exceeded (metric: a, label name: long_name, value:"
            + " \"a value that is longX\", length: 21, limit: 20)");
  }

  private static void assertLimit(String setting, String error) {
    try (ScrapeHarness harness = new ScrapeHarness();
        TestTarget target = TestTarget.of("a{long_name=\"a value that is longX\"} 1\n")) {
      harness.apply(config(setting, target));
      harness.awaitScrapes(1);
      assertThat(harness.onlyTarget().lastError()).isEqualTo(error);
      assertThat(harness.storage.values("up").getFirst()).isEqualTo(0);
      assertThat(harness.storage.of("a")).isEmpty();
    }
  }

  @Test
  void failsAllTargetsBeyondTheTargetLimit() {
    try (TestTarget one = TestTarget.of("a 1\n");
        TestTarget two = TestTarget.of("a 1\n")) {
      harness.apply(config("target_limit: 1", one, two));
      harness.awaitScrapes(2);
      assertThat(harness.storage.values("up")).containsOnly(0.0);
      assertThat(harness.manager.targets().active().get("job").getFirst().lastError())
          .isEqualTo("target_limit exceeded (number of targets: 2, limit: 1)");
    }
  }

  @Test
  void countsButDoesNotStoreDuplicates() {
    try (TestTarget target = TestTarget.of("a 1\na 2\n")) {
      harness.apply(config("", target));
      harness.awaitScrapes(2);
      assertThat(harness.storage.values("up")).containsOnly(1.0);
      assertThat(harness.storage.values("a")).containsOnly(1.0);
      assertThat(harness.storage.values("scrape_samples_scraped")).containsOnly(2.0);
      assertThat(harness.storage.values("scrape_samples_post_metric_relabeling")).containsOnly(2.0);
    }
  }

  @Test
  void refusesALabelThatComesTwice() {
    try (TestTarget target = TestTarget.of("a{x=\"1\",x=\"2\"} 1\n")) {
      harness.apply(config("", target));
      harness.awaitScrapes(1);
      assertThat(harness.onlyTarget().lastError())
          .isEqualTo("label name \"x\" is not unique: invalid sample");
    }
  }

  @Test
  void findsSeriesAgainThatTheStorageHasDropped() {
    try (TestTarget target = TestTarget.of("a{x=\"1\"} 1\n")) {
      harness.apply(config("", target));
      harness.awaitScrapes(2);
      harness.storage.forgetSeries();
      int before = harness.storage.of("a").size();
      await(() -> harness.storage.of("a").size() >= before + 3);
      assertThat(harness.storage.of("a").getLast().labels().get("x")).isEqualTo("1");
      assertThat(harness.storage.values("up")).containsOnly(1.0);
    }
  }

  @Test
  void writesStalenessMarkersForAVanishedTarget() {
    try (TestTarget stays = TestTarget.of("a 1\n");
        TestTarget goes = TestTarget.of("b 1\n")) {
      harness.apply(config("", stays, goes));
      await(() -> harness.storage.of("b").size() > 1);
      harness.apply(config("", stays));
      await(() -> StaleMarker.is(harness.storage.values("b").getLast()));
      await(
          () ->
              harness.storage.of("up").stream()
                  .anyMatch(
                      s ->
                          StaleMarker.is(s.value())
                              && s.labels().get("instance").equals(goes.address())));
      assertThat(harness.storage.values("a")).containsOnly(1.0);
    }
  }

  @Test
  void reloadKeepsLoopsOfUnchangedJobs() {
    try (TestTarget target = TestTarget.of("a 1\n")) {
      harness.apply(config("", target));
      harness.awaitScrapes(2);
      Target before = harness.onlyTarget();
      harness.apply(config("", target));
      harness.awaitScrapes(4);
      assertThat(harness.onlyTarget()).isSameAs(before);
      assertThat(harness.storage.values("scrape_series_added").stream().mapToDouble(d -> d).sum())
          .isEqualTo(1);
    }
  }

  @Test
  void reloadWithOtherTimingKeepsTheCache() {
    try (TestTarget target = TestTarget.of("a 1\n")) {
      harness.apply(config("sample_limit: 5", target));
      harness.awaitScrapes(2);
      harness.apply(config("sample_limit: 5\nauthorization: {credentials: x}", target));
      int before = harness.storage.of("up").size();
      harness.awaitScrapes(before + 3);
      assertThat(target.requests().getLast()).contains("Authorization: Bearer x\r\n");
      assertThat(harness.storage.values("scrape_series_added").stream().mapToDouble(d -> d).sum())
          .isEqualTo(1);
      assertThat(harness.storage.values("a")).containsOnly(1.0);
    }
  }

  @Test
  void keepsTargetsThatRelabelingDropsForTheView() {
    try (TestTarget target = TestTarget.of("a 1\n")) {
      harness.apply(
          config(
              """
              relabel_configs:
                - source_labels: [__address__]
                  regex: .*
                  action: drop
              """,
              target));
      await(() -> harness.manager.targets().droppedCounts().getOrDefault("job", 0) == 1);
      assertThat(harness.manager.targets().active().get("job")).isEmpty();
      Target dropped = harness.manager.targets().dropped().get("job").getFirst();
      assertThat(dropped.discoveredLabels().get("__address__")).isEqualTo(target.address());
      assertThat(dropped.discoveredLabels().get("__scrape_interval__")).isEqualTo("200ms");
    }
  }

  @Test
  void keepsMetadataPerTarget() {
    try (TestTarget target =
        new TestTarget(
            (n, out) ->
                TestTarget.text(
                    out,
                    "# HELP a Some \\\\ help.\n# TYPE a counter\na 1\n# TYPE b gauge\nb "
                        + n
                        + "\n"))) {
      harness.apply(config("", target));
      harness.awaitScrapes(3);
      Target only = harness.onlyTarget();
      assertThat(only.metadata()).hasSize(2);
      assertThat(only.metadata("a").orElseThrow().metadata().help()).isEqualTo("Some \\ help.");
      assertThat(only.metadata("a").orElseThrow().metadata().type().text()).isEqualTo("counter");
    }
  }

  @Test
  void handsExemplarsAndMetadataToTheStorage() {
    try (ScrapeHarness own = new ScrapeHarness(true);
        TestTarget target =
            new TestTarget(
                (n, out) ->
                    TestTarget.answer(
                        out,
                        "application/openmetrics-text; version=1.0.0; charset=utf-8",
                        "# TYPE a counter\n"
                            + "# HELP a Help.\n"
                            + "a_total 1 # {trace=\"t\"} 0.5\n"
                            + "a_total 2 # {trace=\"of a refused sample\"} 0.5\n"
                            + "# EOF\n"))) {
      own.apply(config("", target));
      await(() -> own.storage.exemplars().size() >= 2);
      assertThat(own.storage.exemplars().getFirst().labels()).isEqualTo(Labels.of("trace", "t"));
      assertThat(own.storage.of("up"))
          .extracting(RecordingStorage.Sample::t)
          .contains(own.storage.exemplars().getFirst().timestampMillis());
      assertThat(own.storage.exemplars())
          .allMatch(exemplar -> exemplar.labels().get("trace").equals("t"));
      assertThat(own.storage.metadata().get("a_total").help()).isEqualTo("Help.");
      assertThat(own.storage.metadata()).containsKey("up");
    }
  }

  @Test
  void tellsTheStorageSinceWhenCountersCount() {
    try (ScrapeHarness own = new ScrapeHarness(false, true);
        TestTarget target =
            new TestTarget(
                (n, out) ->
                    TestTarget.answer(
                        out,
                        "application/openmetrics-text; version=1.0.0; charset=utf-8",
                        """
                        # TYPE a counter
                        a_total{i="1"} 1
                        a_created{i="1"} 1700000000.5
                        a_total{i="2"} 2
                        # TYPE h histogram
                        h_bucket{le="1"} 1
                        h_bucket{le="+Inf"} 2
                        h_count 2
                        h_sum 3
                        h_created 1600000000
                        # TYPE g gauge
                        g 7
                        # EOF
                        """))) {
      own.apply(config("", target));
      own.awaitScrapes(3);
      assertThat(starts(own, "a_total", "1")).containsOnly(1_700_000_000_500L);
      assertThat(starts(own, "a_total", "2")).containsOnly(0L);
      assertThat(starts(own, "h_bucket", "")).containsOnly(1_600_000_000_000L);
      assertThat(starts(own, "h_count", "")).containsOnly(1_600_000_000_000L);
      assertThat(starts(own, "g", "")).containsOnly(0L);
      assertThat(starts(own, "up", "")).containsOnly(0L);
      assertThat(own.storage.of("a_created")).isEmpty();
    }
  }

  private static List<Long> starts(ScrapeHarness own, String metric, String i) {
    return own.storage.of(metric).stream()
        .filter(sample -> sample.labels().get("i").equals(i))
        .map(RecordingStorage.Sample::start)
        .toList();
  }

  @Test
  void closesAtOnceWhileATargetHangs() {
    try (TestTarget target = new TestTarget((n, out) -> Thread.sleep(60_000))) {
      harness.apply(
          ScrapeHarness.load(
              """
              scrape_configs:
                - job_name: job
                  scrape_interval: 1s
                  scrape_timeout: 1s
                  static_configs:
                    - targets: ["%s"]
              """
                  .formatted(target.address())));
      await(() -> !target.requests().isEmpty());
      int commits = harness.storage.commits();
      long start = System.nanoTime();
      harness.manager.close();
      assertThat(System.nanoTime() - start).isLessThan(900_000_000L);
      // What was cut off is no failed scrape.
      assertThat(harness.storage.commits()).isEqualTo(commits);
    }
  }

  @Test
  void reportsExtraMetricsWhereAskedTo() {
    try (TestTarget target = TestTarget.of("a 1\n")) {
      harness.apply(config("extra_scrape_metrics: true\nsample_limit: 7", target));
      harness.awaitScrapes(1);
      assertThat(harness.storage.values("scrape_timeout_seconds").getFirst()).isEqualTo(0.15);
      assertThat(harness.storage.values("scrape_sample_limit").getFirst()).isEqualTo(7);
      assertThat(harness.storage.values("scrape_body_size_bytes").getFirst()).isEqualTo(4);
    }
  }
}
