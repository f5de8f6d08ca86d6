package io.narthex.promql;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.client.MetricRegistry;
import io.narthex.model.labels.Labels;
import io.narthex.promql.explain.Explanation;
import io.narthex.promql.explain.Hint;
import io.narthex.promql.explain.MetricTypes;
import io.narthex.promql.plan.QueryTimes;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each hint is given where it is due, at its place, and not where it is not. */
final class ExplainHintsTest {
  private static final long SECOND = 1000;

  private final TinyStorage storage = new TinyStorage();
  private final Engine engine =
      new Engine(EngineOptions.defaults().with().build(), new MetricRegistry());
  private MetricTypes types = MetricTypes.UNKNOWN;

  ExplainHintsTest() {
    for (String instance : List.of("1", "2")) {
      for (String job : List.of("a", "b")) {
        Labels labels = Labels.of("__name__", "up", "instance", instance, "job", job);
        double[] wild = new double[41];
        double[] rising = new double[41];
        for (int i = 0; i < wild.length; i++) {
          wild[i] = i % 3;
          rising[i] = i;
        }
        storage.add(labels, 0, 15 * SECOND, wild);
        storage.add(named(labels, "seen"), 0, 15 * SECOND, rising);
        storage.add(named(labels, "seen_total"), 0, 15 * SECOND, wild);
      }
    }
    storage.add(Labels.of("__name__", "build", "version", "1"), 0, 15 * SECOND, new double[41]);
  }

  private static Labels named(Labels labels, String name) {
    return Labels.of(
        "__name__", name, "instance", labels.get("instance"), "job", labels.get("job"));
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private List<Hint> hints(String query) {
    QueryTimes times = new QueryTimes(300 * SECOND, 300 * SECOND, 0);
    Explanation explained =
        engine.explain(storage, query, times, QueryOptions.defaults(), false, types);
    return explained.hints();
  }

  private void assertHint(String query, String kind, String place) {
    List<Hint> hints = hints(query).stream().filter(h -> h.kind().word().equals(kind)).toList();
    assertThat(hints).as("%s in %s", kind, hints(query)).isNotEmpty();
    for (Hint hint : hints) {
      assertThat(query.substring(hint.position().start(), hint.position().end())).isEqualTo(place);
      assertThat(hint.text()).isNotBlank().doesNotContain("\n");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "up{job=~\".*\"}; matches-everything; job=~\".*\"",
        "up{job=~'^(.*)$'}; matches-everything; job=~'^(.*)$'",
        "{__name__=~\".+\"}; matches-everything; {__name__=~\".+\"}",
        "{__name__!=\"\"}; matches-everything; {__name__!=\"\"}",
        "up{job=~\"a\"}; literal-regex; job=~\"a\"",
        "up{job !~ \"^a$\"}; literal-regex; job !~ \"^a$\"",
        "up{instance=~\"10.0.0.1:80\"}; literal-regex; instance=~\"10.0.0.1:80\"",
        "up{job=~\"^a.*\"}; anchored-regex; job=~\"^a.*\"",
        "rate(up[5m]); rate-of-gauge; up[5m]",
        "increase(up[5m]); rate-of-gauge; up[5m]",
        "rate(seen_total[20s]); short-range; seen_total[20s]",
        "up * on (job) up; many-to-many; up * on (job) up",
        "up * on (job) group_left () up; many-to-many; up * on (job) group_left () up",
        "up * build; no-partners; up * build",
        "up and on (version) build; no-partners; up and on (version) build",
        "sum(missing); no-series; missing",
        "up{job=\"c\"}; no-series; job=\"c\"",
        "sum by (job, instance) (up); no-effect; sum by (job, instance) (up)",
        "max(max(up)); no-effect; max(max(up))"
      })
  void tells(String query, String kind, String place) {
    assertHint(query, kind, place);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "up",
        "up{job=~\"a.*\"}",
        "up{job=~\".+\"}",
        "up{job=~\"a|b\"}",
        "up{job!=\"a\"}",
        "up{job=~\"a.?\"}",
        "rate(seen[5m])",
        "rate(seen_total[5m])",
        "rate(seen_total[30s])",
        "deriv(up[5m])",
        "avg_over_time(up[15s])",
        "up * up",
        "up * on (job, instance) group_left () up",
        "up or build",
        "up unless build",
        "up * on () group_left () build",
        "sum(up)",
        "sum by (job) (up)",
        "count by (job, instance) (up)",
        "sum(build)"
      })
  void isSilentOtherwise(String query) {
    assertThat(hints(query)).isEmpty();
  }

  @Test
  void metadataTellsMoreThanNamesAndValues() {
    types = metric -> metric.equals("seen") ? "gauge" : metric.equals("up") ? "counter" : "";
    assertHint("rate(seen[5m])", "rate-of-gauge", "seen[5m]");
    assertThat(hints("rate(up[5m])")).isEmpty();
  }

  @Test
  void tellsOfSelectorsWithVeryManySeries() {
    for (int i = 0; i < 10_000; i++) {
      storage.add(Labels.of("__name__", "many", "i", Integer.toString(i)), 0, SECOND, 1);
    }
    assertHint("sum(many)", "many-series", "many");
    assertThat(hints("sum(many{i=~\"1.*\"})"))
        .noneMatch(hint -> hint.kind() == Hint.Kind.MANY_SERIES);
  }

  @Test
  void tellsWhereOneSeriesMeetsVeryManyOthers() {
    for (int i = 0; i < 100; i++) {
      storage.add(Labels.of("__name__", "many", "i", Integer.toString(i)), 0, SECOND, 1);
    }
    assertHint(
        "many * on () group_left () build", "multiplies", "many * on () group_left () build");
  }

  @Test
  void placesCountBytes() {
    Hint hint = hints("up{job=~\"a\"}").getFirst();
    assertThat(hint.position().start()).isEqualTo(3);
    Hint behind = hints("up{job=\"é\"} or up{job=~\"a\"}").getLast();
    assertThat(behind.kind()).isEqualTo(Hint.Kind.LITERAL_REGEX);
    assertThat(behind.position().start()).isEqualTo("up{job=\"é\"} or up{".length() + 1);
  }
}
