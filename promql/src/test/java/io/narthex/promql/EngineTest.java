package io.narthex.promql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.client.ExpositionFormat;
import io.narthex.client.MetricRegistry;
import io.narthex.client.TextExposition;
import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.labels.Labels;
import io.narthex.storage.StorageException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class EngineTest {
  private static final long MINUTE = 60_000;

  private final List<Engine> engines = new ArrayList<>();
  private final TinyStorage storage = new TinyStorage();

  @AfterEach
  void closeEngines() {
    engines.forEach(Engine::close);
  }

  private Engine engine(EngineOptions.Builder options) {
    Engine engine = new Engine(options.build(), new MetricRegistry());
    engines.add(engine);
    return engine;
  }

  private static EngineOptions.Builder options() {
    return EngineOptions.defaults().with();
  }

  private QueryResult instant(String query, long time) {
    return engine(options()).instant(storage, query, time, QueryOptions.defaults());
  }

  private static Labels up(String job) {
    return Labels.of("__name__", "up", "job", job);
  }

  private static String print(Value value) {
    return switch (value) {
      case ScalarValue scalar -> scalar.value() + "@" + scalar.timestampMillis();
      case StringValue text -> text.value();
      case VectorValue vector -> print(vector);
      case MatrixValue matrix -> print(matrix);
    };
  }

  private static String print(VectorValue vector) {
    List<String> elements = new ArrayList<>();
    for (int i = 0; i < vector.size(); i++) {
      elements.add(vector.labels(i) + " " + vector.value(i));
    }
    return elements.toString();
  }

  private static String print(MatrixValue matrix) {
    List<String> all = new ArrayList<>();
    for (MatrixSeries series : matrix.series()) {
      StringBuilder out = new StringBuilder(series.labels().toString());
      for (int i = 0; i < series.size(); i++) {
        out.append(' ').append(series.value(i)).append('@').append(series.timestampMillis(i));
      }
      all.add(out.toString());
    }
    return all.toString();
  }

  @Test
  void yieldsEachTypeOfValue() {
    storage.add(up("a"), 0, MINUTE, 1, 2, 3);
    assertThat(print(instant("1 + 2", 5000).value())).isEqualTo("3.0@5000");
    assertThat(print(instant("\"text\"", 0).value())).isEqualTo("text");
    assertThat(print(instant("up", 2 * MINUTE).value()))
        .isEqualTo("[{__name__=\"up\", job=\"a\"} 3.0]");
    assertThat(print(instant("up[90s]", 2 * MINUTE).value()))
        .isEqualTo("[{__name__=\"up\", job=\"a\"} 2.0@60000 3.0@120000]");
  }

  @Test
  void leavesOutTheSampleThatIsAsOldAsTheLookbackDelta() {
    storage.add(up("a"), 0, 1, 1);
    assertThat(print(instant("up", 5 * MINUTE - 1).value())).contains("1.0");
    assertThat(print(instant("up", 5 * MINUTE).value())).isEqualTo("[]");
    QueryOptions shorter = QueryOptions.defaults().withLookbackDeltaMillis(MINUTE);
    QueryResult result = engine(options()).instant(storage, "up", MINUTE, shorter);
    assertThat(print(result.value())).isEqualTo("[]");
  }

  @Test
  void sortsSeriesOfARangeAndLeavesGaps() {
    storage.add(up("b"), 0, MINUTE, 1, 2);
    storage.add(up("a"), 10 * MINUTE, MINUTE, 5);
    QueryResult result =
        engine(options())
            .range(storage, "up * 2", 0, 12 * MINUTE, 6 * MINUTE, QueryOptions.defaults());
    assertThat(print(result.value())).isEqualTo("[{job=\"a\"} 10.0@720000, {job=\"b\"} 2.0@0]");
  }

  @Test
  void refusesMoreSamplesThanAllowed() {
    storage.add(up("a"), 0, 1000, new double[600]);
    Engine engine = engine(options().maxSamples(500));
    assertThatThrownBy(() -> engine.range(storage, "up", 0, 599_000, 1000, QueryOptions.defaults()))
        .isInstanceOf(QueryExecutionException.class)
        .hasMessage("query processing would load too many samples into memory in query execution");
    assertThat(storage.closed.get()).isEqualTo(storage.opened.get());
  }

  @Test
  void givesUpWhenTimeIsOver() {
    for (int i = 0; i < 50; i++) {
      storage.add(up("j" + i), 0, 1, 1);
    }
    storage.onRead = () -> sleep(20);
    Engine engine = engine(options().timeoutMillis(100));
    assertThatThrownBy(() -> engine.instant(storage, "sum(up)", 0, QueryOptions.defaults()))
        .isInstanceOf(QueryTimeoutException.class)
        .hasMessage("query timed out in expression evaluation");
  }

  @Test
  void givesUpAmidASingleSeriesOfHistograms() {
    double[] none = {};
    FloatHistogram histogram =
        new FloatHistogram(
            CounterResetHint.GAUGE,
            0,
            0,
            0,
            3,
            5,
            new int[] {0, 2},
            new double[] {1, 2},
            new int[0],
            none,
            none);
    for (int i = 0; i < 4_000; i++) {
      storage.add(Labels.of("__name__", "h"), i * 1000L, histogram);
    }
    Engine engine = engine(options().timeoutMillis(100));
    assertThatThrownBy(
            () ->
                engine.range(
                    storage, "sum_over_time(h[1d])", 0, 11_000_000, 1000, QueryOptions.defaults()))
        .isInstanceOf(QueryTimeoutException.class);
  }

  @Test
  void endsWhenCanceled() {
    for (int i = 0; i < 50; i++) {
      storage.add(up("j" + i), 0, 1, 1);
    }
    Cancellation cancellation = new Cancellation();
    storage.onRead = cancellation::cancel;
    QueryOptions canceled = QueryOptions.defaults().withCancellation(cancellation);
    Engine engine = engine(options());
    assertThatThrownBy(() -> engine.instant(storage, "sum(up)", 0, canceled))
        .isInstanceOf(QueryCanceledException.class)
        .hasMessage("query was canceled in expression evaluation");
  }

  @Test
  void waitsForASlotNoLongerThanItsTime() throws Exception {
    storage.add(up("a"), 0, 1, 1);
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    storage.onRead =
        () -> {
          reading.countDown();
          await(go);
        };
    Engine engine = engine(options().maxConcurrency(1));
    AtomicReference<QueryResult> first = new AtomicReference<>();
    Thread thread =
        Thread.ofVirtual()
            .start(() -> first.set(engine.instant(storage, "up", 0, QueryOptions.defaults())));
    await(reading);
    assertThatThrownBy(
            () -> engine.instant(storage, "1", 0, QueryOptions.defaults().withTimeoutMillis(50)))
        .isInstanceOf(QueryNotBegunException.class)
        .hasMessage("context deadline exceeded");
    Cancellation gone = new Cancellation();
    QueryOptions unwanted = QueryOptions.defaults().withCancellation(gone);
    Thread leaver = Thread.ofVirtual().start(gone::cancel);
    assertThatThrownBy(() -> engine.instant(storage, "1", 0, unwanted))
        .isInstanceOf(QueryCanceledException.class)
        .hasMessage("query was canceled in query queue");
    leaver.join(10_000);
    assertThat(Thread.interrupted()).isFalse();
    go.countDown();
    thread.join(10_000);
    assertThat(first.get()).isNotNull();
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void evaluatesChainsOfTenThousandOperators() {
    storage.add(up("a"), 0, 1, 1).add(up("b"), 0, 1, 2);
    String tail = "+up".repeat(10_000);
    assertThat(print(instant("up" + tail, 0).value()))
        .isEqualTo("[{job=\"a\"} 10001.0, {job=\"b\"} 20002.0]");
    assertThat(print(instant("1" + "+1".repeat(10_000), 0).value())).isEqualTo("10001.0@0");
    Engine engine = engine(options().timeoutMillis(1));
    assertThatThrownBy(() -> engine.instant(storage, "up" + tail, 0, QueryOptions.defaults()))
        .isInstanceOf(QueryTimeoutException.class);
  }

  @Test
  void saysWhatIsWrongWithAQuery() {
    assertFails("sum(", QueryParseException.class, "1:5: parse error: unclosed left parenthesis");
    Engine engine = engine(options());
    assertThatThrownBy(() -> engine.range(storage, "up[5m]", 0, 1, 1, QueryOptions.defaults()))
        .isInstanceOf(QueryParseException.class)
        .hasMessage(
            "invalid expression type \"range vector\" for range query, must be Scalar or instant"
                + " Vector");
    Engine strict = engine(options().atModifier(false).negativeOffset(false));
    assertThatThrownBy(() -> strict.instant(storage, "up @ 5", 0, QueryOptions.defaults()))
        .hasMessage("@ modifier is disabled");
    assertThatThrownBy(() -> strict.instant(storage, "up offset -5m", 0, QueryOptions.defaults()))
        .hasMessage("negative offset is disabled");
  }

  private void assertFails(String query, Class<?> type, String message) {
    assertThatThrownBy(() -> instant(query, 0)).isInstanceOf(type).hasMessage(message);
  }

  @Test
  void namesTheSeriesThatMakeAMatchAmbiguous() {
    storage.add(up("a"), 0, 1, 1).add(Labels.of("__name__", "down", "job", "a"), 0, 1, 1);
    storage.add(Labels.of("__name__", "down", "job", "a", "x", "y"), 0, 1, 1);
    assertFails(
        "up + on(job) down",
        QueryExecutionException.class,
        "found duplicate series for the match group {job=\"a\"} on the right hand-side of the"
            + " operation: [{__name__=\"down\", job=\"a\", x=\"y\"}, {__name__=\"down\","
            + " job=\"a\"}];many-to-many matching not allowed: matching labels must be unique on"
            + " one side");
    assertFails(
        "down + on(job) up",
        QueryExecutionException.class,
        "multiple matches for labels: many-to-one matching must be explicit"
            + " (group_left/group_right)");
    assertFails(
        "rate({__name__=~\"up|down\",x=\"\"}[5m]) + 1 or label_replace({job=\"a\"}, \"x\", \"\","
            + " \"\", \"\")",
        QueryExecutionException.class,
        "vector cannot contain metrics with the same labelset");
  }

  @Test
  void countsSamplesAndSteps() {
    storage.add(up("a"), 0, MINUTE, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    QueryOptions perStep = QueryOptions.defaults().withPerStepStats(true);
    QueryStats stats =
        engine(options())
            .range(storage, "sum_over_time(up[3m])", 3 * MINUTE, 6 * MINUTE, MINUTE, perStep)
            .stats();
    assertThat(stats.totalQueryableSamples()).isEqualTo(12);
    assertThat(stats.samplesPerStep()).containsExactly(3, 3, 3, 3);
    assertThat(stats.samplesReadPerStep()).containsExactly(3, 1, 1, 1);
    assertThat(stats.samplesRead()).isEqualTo(6);
    assertThat(stats.peakSamples()).isPositive();
  }

  @Test
  void passesOnWarningsOfTheStorageOnce() {
    storage.add(up("a"), 0, 1, 1);
    storage.warnings.add("block X cannot be read");
    assertThat(instant("up + up", 0).warnings()).containsExactly("block X cannot be read");
  }

  @Test
  void selectsTheSameSeriesOnce() {
    storage.add(up("a"), 0, 1, 1);
    instant("up / up", 0);
    assertThat(storage.selected.get()).isEqualTo(1);
  }

  @Test
  void answersTheSameOnOneThreadAndOnSeveral() {
    Random random = new Random(7);
    for (int i = 0; i < 700; i++) {
      double[] values = new double[120];
      double value = 0;
      for (int s = 0; s < values.length; s++) {
        value = random.nextInt(50) == 0 ? 0 : value + random.nextDouble();
        values[s] = value;
      }
      Labels labels =
          Labels.of("__name__", "m_total", "id", "" + i, "group", "" + i % 5, "le", "" + i % 9);
      storage.add(labels, random.nextInt(10_000), 15_000, values);
    }
    String[] queries = {
      "sum by (group) (rate(m_total[5m]))",
      "avg(m_total)",
      "stddev by (group) (m_total)",
      "topk(7, rate(m_total[2m]))",
      "quantile(0.3, m_total)",
      "m_total > 40",
      "m_total - on(id) group_right(group) sum by (id) (m_total)",
      "max_over_time(sum by (group) (m_total)[5m:30s])",
      "count_values by (group) (\"v\", floor(m_total))",
      "histogram_quantile(0.9, sum by (group, le) (m_total))",
      "m_total{group=\"1\"} or m_total{group=\"2\"} unless m_total{le=\"3\"}",
    };
    for (String query : queries) {
      String alone = range(engine(options().computeThreads(1)), query);
      assertThat(range(engine(options().computeThreads(4)), query)).as(query).isEqualTo(alone);
      assertThat(alone).as(query).isNotEqualTo("[]");
    }
  }

  private String range(Engine engine, String query) {
    return print(
        engine.range(storage, query, 300_000, 1_700_000, 37_000, QueryOptions.defaults()).value());
  }

  @Test
  void showsItsOwnMetrics() {
    MetricRegistry registry = new MetricRegistry();
    storage.add(up("a"), 0, 1, 1);
    try (Engine engine = new Engine(options().build(), registry)) {
      engine.instant(storage, "up", 0, QueryOptions.defaults());
    }
    assertThat(registry.unregister("prometheus_engine_queries")).isTrue();
    assertThat(registry.unregister("prometheus_engine_query_samples_total")).isTrue();
    assertThat(registry.unregister("prometheus_engine_query_duration_seconds")).isTrue();
  }

  private static String metrics(MetricRegistry registry) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      TextExposition.write(registry, ExpositionFormat.text(), out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static final class Memory implements QueryLog {
    final List<LoggedQuery> queries = new ArrayList<>();
    boolean full;
    boolean closed;

    @Override
    public synchronized void write(LoggedQuery query) throws IOException {
      if (full) {
        throw new IOException("no space left on device");
      }
      queries.add(query);
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  @Test
  void everyQueryThatWasEvaluatedIsLoggedWithItsErrorAndOrigin() {
    storage.add(up("a"), 0, MINUTE, 1, 2, 3);
    Engine engine = engine(options().maxSamples(2));
    Memory log = new Memory();
    engine.queryLog(log);
    QueryOrigin origin = QueryOrigin.httpRequest("::1", "GET", "/api/v1/query");
    engine.instant(storage, "up", MINUTE, QueryOptions.defaults().withOrigin(origin));
    assertThatThrownBy(
        () -> engine.range(storage, "up", 0, 2 * MINUTE, MINUTE, QueryOptions.defaults()));
    assertThatThrownBy(() -> engine.instant(storage, "up(", 0, QueryOptions.defaults()));
    assertThat(log.queries).hasSize(2);
    LoggedQuery good = log.queries.get(0);
    assertThat(good.query()).isEqualTo("up");
    assertThat(good.origin()).isEqualTo(origin);
    assertThat(good.error()).isEmpty();
    assertThat(good.stats().totalQueryableSamples()).isEqualTo(1);
    LoggedQuery bad = log.queries.get(1);
    assertThat(bad.stepMillis()).isEqualTo(MINUTE);
    assertThat(bad.error().orElseThrow()).contains("too many samples");
    assertThat(bad.stats().evalTotalTime()).isPositive();
  }

  @Test
  void failuresToLogAreCountedAndHarmNoQuery() {
    MetricRegistry registry = new MetricRegistry();
    Engine engine = new Engine(options().build(), registry);
    engines.add(engine);
    Memory log = new Memory();
    log.full = true;
    engine.queryLog(log);
    assertThat(metrics(registry)).contains("prometheus_engine_query_log_enabled 1");
    engine.instant(storage, "1", 0, QueryOptions.defaults());
    engine.instant(storage, "1", 0, QueryOptions.defaults());
    assertThat(metrics(registry)).contains("prometheus_engine_query_log_failures_total 2");
    engine.queryLog(null);
    assertThat(log.closed).isTrue();
    assertThat(metrics(registry)).contains("prometheus_engine_query_log_enabled 0");
  }

  @Test
  void queriesAreRecordedAsActiveWhileTheyRun() {
    storage.add(up("a"), 0, MINUTE, 1);
    List<String> events = new ArrayList<>();
    ActiveQueries active =
        new ActiveQueries() {
          @Override
          public int begin(String query) {
            events.add("begin " + query);
            return 7;
          }

          @Override
          public void end(int slot) {
            events.add("end " + slot);
          }
        };
    Engine engine = new Engine(options().build(), new MetricRegistry(), active);
    engines.add(engine);
    storage.onRead = () -> events.add("read");
    engine.instant(storage, "up", 0, QueryOptions.defaults());
    storage.onRead =
        () -> {
          throw new StorageException("broken");
        };
    assertThatThrownBy(() -> engine.instant(storage, "up", 0, QueryOptions.defaults()));
    assertThat(events).containsExactly("begin up", "read", "end 7", "begin up", "end 7");
  }
}
