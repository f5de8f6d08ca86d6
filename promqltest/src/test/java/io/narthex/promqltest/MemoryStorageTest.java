package io.narthex.promqltest;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.MatchType;
import io.narthex.model.labels.Matcher;
import io.narthex.storage.AppendResult;
import io.narthex.storage.Appender;
import io.narthex.storage.Querier;
import io.narthex.storage.SampleBuffer;
import io.narthex.storage.SelectHints;
import io.narthex.storage.SeriesSet;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class MemoryStorageTest {
  private static final SelectHints ALL = SelectHints.range(Long.MIN_VALUE, Long.MAX_VALUE);

  private final MemoryStorage storage = new MemoryStorage();

  private void append(Labels labels, long time, double value) {
    try (Appender appender = storage.appender()) {
      appender.append(appender.series(labels), time, value);
      appender.commit();
    }
  }

  private SampleBuffer read(Labels labels, long mint, long maxt) {
    SampleBuffer buffer = new SampleBuffer(4);
    try (Querier querier = storage.querier(mint, maxt)) {
      SeriesSet found =
          querier.select(ALL, List.of(Matcher.equal("__name__", labels.metricName())));
      if (found.size() == 1) {
        found.read(0, mint, maxt, buffer);
      }
    }
    return buffer;
  }

  @Test
  void keepsSamplesSortedWhateverTheirOrder() {
    for (long seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      Labels labels = Labels.of("__name__", "s" + seed);
      TreeMap<Long, Double> model = new TreeMap<>();
      for (int i = 0; i < 100; i++) {
        long time = random.nextInt(200);
        if (model.putIfAbsent(time, (double) i) == null) {
          append(labels, time, i);
        }
      }
      long mint = random.nextInt(100);
      SampleBuffer samples = read(labels, mint, mint + 50);
      TreeMap<Long, Double> expected = new TreeMap<>(model.subMap(mint, true, mint + 50, true));
      assertThat(Arrays.copyOf(samples.timestamps, samples.size()))
          .as("seed " + seed)
          .containsExactly(expected.keySet().stream().mapToLong(t -> t).toArray());
      assertThat(Arrays.copyOf(samples.values, samples.size()))
          .containsExactly(expected.values().stream().mapToDouble(v -> v).toArray());
    }
  }

  @Test
  void showsABatchOnlyAfterItsCommitAndOnlyToLaterQueriers() {
    Labels labels = Labels.of("__name__", "a");
    Appender appender = storage.appender();
    appender.append(appender.series(labels), 1, 1);
    Querier before = storage.querier(0, 10);
    appender.commit();
    assertThat(before.select(ALL, List.of()).size()).isZero();
    assertThat(read(labels, 0, 10).size()).isEqualTo(1);
    append(labels, 2, 2);
    Querier early = storage.querier(0, 10);
    append(labels, 0, 0);
    SampleBuffer seen = new SampleBuffer();
    early.select(ALL, List.of()).read(0, 0, 10, seen);
    assertThat(Arrays.copyOf(seen.timestamps, seen.size())).containsExactly(1, 2);
  }

  @Test
  void forgetsWhatIsRolledBackAndRefusesUnknownReferences() {
    Labels labels = Labels.of("__name__", "a");
    try (Appender appender = storage.appender()) {
      assertThat(appender.append(99, 1, 1)).isEqualTo(AppendResult.UNKNOWN_SERIES);
      appender.append(appender.series(labels), 1, 1);
      appender.rollback();
    }
    assertThat(read(labels, 0, 10).size()).isZero();
  }

  @Test
  void selectsByAllMatchersSortedByLabels() {
    append(Labels.of("__name__", "b", "x", "1"), 1, 1);
    append(Labels.of("__name__", "a", "x", "2"), 1, 1);
    append(Labels.of("__name__", "a"), 1, 1);
    try (Querier querier = storage.querier(0, 10)) {
      SeriesSet found = querier.select(ALL, List.of());
      assertThat(List.of(found.labels(0), found.labels(1), found.labels(2)))
          .containsExactly(
              Labels.of("__name__", "a"),
              Labels.of("__name__", "a", "x", "2"),
              Labels.of("__name__", "b", "x", "1"));
      Matcher absent = Matcher.equal("x", "");
      assertThat(querier.select(ALL, List.of(absent)).size()).isEqualTo(1);
      Matcher regex = Matcher.of(MatchType.REGEX, "x", "1|2");
      assertThat(querier.select(ALL, List.of(regex, Matcher.equal("__name__", "b"))).size())
          .isEqualTo(1);
      assertThat(querier.labelNames(List.of(), 0)).containsExactly("__name__", "x");
      assertThat(querier.labelValues("x", List.of(), 1)).containsExactly("1");
    }
  }

  @Test
  void tellsWhichHistogramsContinueTheOneBefore() {
    Labels labels = Labels.of("__name__", "h");
    CounterResetHint unknown = CounterResetHint.UNKNOWN;
    FloatHistogram[] histograms = {
      histogram(unknown, 1, 1),
      histogram(unknown, 1, 2),
      histogram(unknown, 2, 1),
      histogram(CounterResetHint.RESET, 5, 5),
      histogram(CounterResetHint.GAUGE, 6, 6),
      histogram(unknown, 7, 7),
    };
    try (Appender appender = storage.appender()) {
      long ref = appender.series(labels);
      for (int i = 0; i < histograms.length; i++) {
        appender.append(ref, i, histograms[i], 1000 + i);
      }
      appender.commit();
    }
    SampleBuffer read = read(labels, 0, 10);
    assertThat(Arrays.stream(read.histograms, 0, read.size()).map(h -> h.counterResetHint()))
        .containsExactly(
            unknown, CounterResetHint.NOT_RESET, unknown, unknown, CounterResetHint.GAUGE, unknown);
    assertThat(read.startTimestamps[3]).isEqualTo(1003);
  }

  private static FloatHistogram histogram(CounterResetHint hint, double first, double second) {
    return new FloatHistogram(
        hint,
        0,
        0,
        0,
        first + second,
        1,
        new int[] {0, 2},
        new double[] {first, second},
        new int[0],
        new double[0],
        new double[0]);
  }
}
