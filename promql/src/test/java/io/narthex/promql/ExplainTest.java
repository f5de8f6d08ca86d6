package io.narthex.promql;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.client.MetricRegistry;
import io.narthex.model.labels.Labels;
import io.narthex.promql.explain.ExplainedOperator;
import io.narthex.promql.explain.Explanation;
import io.narthex.promql.explain.MetricTypes;
import io.narthex.promql.plan.QueryTimes;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The tree that is explained is that which runs, and its numbers are those of the query. The data
 * are 4 counters, two a job, with a sample every 15 s from 0 to 10 min: 41 each.
 */
final class ExplainTest {
  private static final long SECOND = 1000;
  private static final QueryTimes AT_5_MINUTES = new QueryTimes(300 * SECOND, 300 * SECOND, 0);
  private static final QueryTimes FIVE_STEPS =
      new QueryTimes(300 * SECOND, 540 * SECOND, 60 * SECOND);

  private final TinyStorage storage = new TinyStorage();
  private final Engine engine =
      new Engine(EngineOptions.defaults().with().computeThreads(2).build(), new MetricRegistry());

  ExplainTest() {
    for (int i = 0; i < 4; i++) {
      double[] values = new double[41];
      for (int s = 0; s < values.length; s++) {
        values[s] = s * (i + 1);
      }
      storage.add(requests(i < 2 ? "a" : "b", Integer.toString(i)), 0, 15 * SECOND, values);
    }
  }

  private static Labels requests(String job, String instance) {
    return Labels.of("__name__", "requests_total", "instance", instance, "job", job);
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private Explanation explain(String query, QueryTimes times, boolean analyze) {
    return engine.explain(
        storage,
        query,
        times,
        QueryOptions.defaults().withPerStepStats(true),
        analyze,
        MetricTypes.UNKNOWN);
  }

  private static List<String> tree(ExplainedOperator root) {
    List<String> lines = new ArrayList<>();
    print(root, "", lines);
    return lines;
  }

  private static void print(ExplainedOperator node, String indent, List<String> lines) {
    lines.add(indent + node.kind() + ": " + node.text());
    node.inputs().forEach(input -> print(input, indent + "  ", lines));
  }

  private static ExplainedOperator find(ExplainedOperator root, String kind) {
    if (root.kind().equals(kind)) {
      return root;
    }
    for (ExplainedOperator input : root.inputs()) {
      ExplainedOperator found = find(input, kind);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  @Test
  void showsFoldsRangesAndWhatStorageIsTold() {
    ExplainedOperator sum =
        explain("sum by (job) (rate(requests_total[1m]))", FIVE_STEPS, false).plan().orElseThrow();
    assertThat(tree(sum))
        .containsExactly(
            "aggregation: sum by (job) (rate(requests_total[1m]))",
            "  range function: rate(requests_total[1m])",
            "    range selector: requests_total[1m]");
    assertThat(sum.details())
        .containsEntry("operator", "sum by (job)")
        .containsEntry("method", "folds series as they stream by");
    assertThat(find(sum, "range selector").details())
        .containsEntry("matchers", "{__name__=\"requests_total\"}")
        .containsEntry("rangeMillis", "60000")
        .containsEntry("startMillis", Long.toString(240 * SECOND + 1))
        .containsEntry("endMillis", Long.toString(540 * SECOND))
        .containsEntry("pushed", "rate");
    assertThat(sum.actual()).isEmpty();
  }

  @Test
  void partsThatNoStepChangesAreSeenToRunOnce() {
    ExplainedOperator root =
        explain("requests_total / (sum(requests_total @ 300))", FIVE_STEPS, false)
            .plan()
            .orElseThrow();
    assertThat(tree(root))
        .containsExactly(
            "join: requests_total / (sum(requests_total @ 300))",
            "  instant selector: requests_total",
            "  step invariant: (sum(requests_total @ 300))",
            "    aggregation: sum(requests_total @ 300)",
            "      instant selector: requests_total @ 300");
    assertThat(root.steps()).isEqualTo(5);
    assertThat(find(root, "aggregation").steps()).isEqualTo(1);
  }

  @Test
  void subqueriesHaveAGridOfTheirOwn() {
    ExplainedOperator root =
        explain("max_over_time((requests_total > 3)[2m:30s])", AT_5_MINUTES, false)
            .plan()
            .orElseThrow();
    assertThat(tree(root))
        .containsExactly(
            "range function: max_over_time((requests_total > 3)[2m:30s])",
            "  subquery: (requests_total > 3)[2m:30s]",
            "    vector with scalar: requests_total > 3",
            "      instant selector: requests_total",
            "      number: 3");
    assertThat(find(root, "subquery").steps()).isEqualTo(4);
  }

  @Test
  void identicalSelectorsAreLookedUpOnce() {
    Explanation explained =
        explain("rate(requests_total[1m]) / rate(requests_total[1m])", FIVE_STEPS, true);
    ExplainedOperator root = explained.plan().orElseThrow();
    ExplainedOperator left = find(root.inputs().getFirst(), "range selector");
    ExplainedOperator right = find(root.inputs().getLast(), "range selector");
    assertThat(left.actual().orElseThrow().cacheHits()).isZero();
    assertThat(right.actual().orElseThrow().cacheHits()).isEqualTo(1);
    assertThat(right.details()).containsEntry("lookup", "shared with an identical selector");
    assertThat(storage.selected).hasValue(1);
  }

  @Test
  void countsOfAnInstantSelectorAreThoseByHand() {
    ExplainedOperator selector =
        explain("requests_total{job=\"a\"}", FIVE_STEPS, true).plan().orElseThrow();
    ExplainedOperator.Actual actual = selector.actual().orElseThrow();
    assertThat(actual.seriesOut()).isEqualTo(2);
    assertThat(actual.seriesWithSamples()).isEqualTo(2);
    // Two series at five steps.
    assertThat(actual.samplesOut()).isEqualTo(10);
    assertThat(actual.totalQueryableSamples()).isEqualTo(10);
    assertThat(actual.samplesRead()).isEqualTo(10);
    // Of each series all from 5 min before the first step to the last, at 15 s … 540 s.
    assertThat(actual.samplesDecoded()).isEqualTo(2 * 36);
    assertThat(selector.estimate().series()).hasValue(2);
    assertThat(selector.estimate().exact()).isTrue();
    assertThat(selector.estimate().samples()).hasValue(2 * 35);
  }

  @Test
  void countsOfARateAreThoseByHand() {
    Explanation explained = explain("sum(rate(requests_total[1m]))", FIVE_STEPS, true);
    ExplainedOperator sum = explained.plan().orElseThrow();
    ExplainedOperator rate = find(sum, "range function");
    ExplainedOperator range = find(sum, "range selector");
    ExplainedOperator.Actual summed = sum.actual().orElseThrow();
    ExplainedOperator.Actual rated = rate.actual().orElseThrow();
    ExplainedOperator.Actual read = range.actual().orElseThrow();
    assertThat(summed.seriesIn()).isEqualTo(4);
    assertThat(summed.seriesOut()).isEqualTo(1);
    assertThat(summed.samplesOut()).isEqualTo(5);
    // One column of five steps: five numbers and one word of presence bits.
    assertThat(summed.heldBytes()).isEqualTo(5 * 8 + 8);
    assertThat(rated.samplesOut()).isEqualTo(20);
    // Windows of a minute have four samples and do not overlap.
    assertThat(rated.totalQueryableSamples()).isEqualTo(4 * 5 * 4);
    assertThat(rated.samplesRead()).isEqualTo(4 * 5 * 4);
    assertThat(read.seriesOut()).isEqualTo(4);
    assertThat(read.samplesDecoded()).isEqualTo(4 * 20);
    assertThat(read.totalQueryableSamples()).isZero();
  }

  @Test
  void overlappingWindowsCountSamplesAgainButReadThemOnce() {
    ExplainedOperator rate =
        find(
            explain("rate(requests_total[2m])", FIVE_STEPS, true).plan().orElseThrow(),
            "range function");
    assertThat(rate.actual().orElseThrow().totalQueryableSamples()).isEqualTo(4 * 5 * 8);
    assertThat(rate.actual().orElseThrow().samplesRead()).isEqualTo(4 * (8 + 4 * 4));
  }

  private static long total(
      ExplainedOperator node, java.util.function.ToLongFunction<ExplainedOperator.Actual> count) {
    long sum = count.applyAsLong(node.actual().orElseThrow());
    for (ExplainedOperator input : node.inputs()) {
      sum += total(input, count);
    }
    return sum;
  }

  @Test
  void operatorsAddUpToTheStatisticsOfTheQuery() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    String[] parts = {
      "requests_total",
      "rate(requests_total[2m])",
      "sum by (job) (requests_total)",
      "max_over_time(rate(requests_total[1m])[3m:30s])",
      "topk(2, requests_total)",
      "sum(requests_total @ 120)",
      "absent(nothing)",
      "abs(requests_total{job=\"a\"})",
      "requests_total offset 1m",
      "histogram_quantile(0.9, requests_total)"
    };
    for (int i = 0; i < 60; i++) {
      String query =
          parts[random.nextInt(parts.length)]
              + (random.nextBoolean() ? " or " : " and on (job) ")
              + parts[random.nextInt(parts.length)];
      QueryTimes times = random.nextBoolean() ? AT_5_MINUTES : FIVE_STEPS;
      Explanation explained = explain(query, times, true);
      QueryResult plain =
          times.isInstant()
              ? engine.instant(storage, query, times.start(), QueryOptions.defaults())
              : engine.range(
                  storage,
                  query,
                  times.start(),
                  times.end(),
                  times.stepMillis(),
                  QueryOptions.defaults());
      ExplainedOperator root = explained.plan().orElseThrow();
      String what = query + " (seed " + seed + ")";
      assertThat(explained.error()).as(what).isEmpty();
      assertThat(total(root, ExplainedOperator.Actual::totalQueryableSamples))
          .as(what)
          .isEqualTo(plain.stats().totalQueryableSamples());
      assertThat(total(root, ExplainedOperator.Actual::samplesRead))
          .as(what)
          .isEqualTo(plain.stats().samplesRead());
      assertThat(explained.stats().orElseThrow().peakSamples())
          .as(what)
          .isEqualTo(plain.stats().peakSamples());
    }
  }

  @Test
  void aRangeVectorIsExplainedToo() {
    Explanation explained = explain("requests_total[1m]", AT_5_MINUTES, true);
    ExplainedOperator root = explained.plan().orElseThrow();
    assertThat(tree(root)).containsExactly("range selector: requests_total[1m]");
    assertThat(root.actual().orElseThrow().samplesDecoded()).isEqualTo(16);
    assertThat(root.actual().orElseThrow().totalQueryableSamples())
        .isEqualTo(explained.stats().orElseThrow().totalQueryableSamples())
        .isEqualTo(16);
  }

  @Test
  void aQueryThatFailsIsExplainedUpToThere() {
    Explanation explained = explain("requests_total + on (job) requests_total", AT_5_MINUTES, true);
    assertThat(explained.error().orElseThrow()).contains("many-to-many matching not allowed");
    assertThat(explained.plan().orElseThrow().kind()).isEqualTo("join");
    assertThat(explained.hints()).anyMatch(hint -> hint.kind().word().equals("many-to-many"));
  }

  @Test
  void nothingIsEvaluatedUnlessWanted() {
    int[] reads = new int[1];
    storage.onRead = () -> reads[0]++;
    Explanation explained = explain("topk(1, sum by (job) (requests_total))", FIVE_STEPS, false);
    // Three series are looked at to tell how dense samples are.
    assertThat(reads[0]).isEqualTo(3);
    assertThat(explained.stats()).isEmpty();
    assertThat(explained.plan().orElseThrow().estimate().series()).hasValue(2);
    assertThat(explained.plan().orElseThrow().estimate().exact()).isFalse();
  }

  @Test
  void timeIsSharedOutAmongOperators() {
    storage.onRead =
        () -> {
          try {
            Thread.sleep(5);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    ExplainedOperator root =
        explain("sum(rate(requests_total[1m]))", FIVE_STEPS, true).plan().orElseThrow();
    long reading = find(root, "range selector").actual().orElseThrow().wallNanos();
    long cpu = find(root, "range selector").actual().orElseThrow().cpuNanos();
    assertThat(reading).isGreaterThan(4 * 5_000_000L);
    assertThat(cpu).isPositive().isLessThan(reading);
    assertThat(find(root, "range function").actual().orElseThrow().wallNanos()).isLessThan(reading);
  }

  @Test
  void aStringHasNoPlan() {
    assertThat(explain("\"text\"", AT_5_MINUTES, true).plan()).isEmpty();
  }
}
