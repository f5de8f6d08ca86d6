package io.narthex.tsdb.exemplar;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.client.MetricRegistry;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.MatchType;
import io.narthex.model.labels.Matcher;
import io.narthex.model.value.Exemplar;
import io.narthex.storage.AppendResult;
import io.narthex.storage.SeriesExemplars;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ExemplarStorageTest {
  private static final Labels A = Labels.of("__name__", "a");
  private static final Labels B = Labels.of("__name__", "b");
  private static final List<Matcher> ANY = List.of(Matcher.of(MatchType.REGEX, "__name__", ".+"));

  private final ExemplarMetrics metrics = new ExemplarMetrics(new MetricRegistry());
  private final ExemplarStorage storage = new ExemplarStorage(metrics);

  private static Exemplar timed(long t, double value, String... labels) {
    return new Exemplar(Labels.of(labels), value, t, true);
  }

  private static Exemplar untimed(long t, double value, String... labels) {
    return new Exemplar(Labels.of(labels), value, t, false);
  }

  private List<SeriesExemplars> all() {
    return storage.exemplars(Long.MIN_VALUE, Long.MAX_VALUE, List.of(ANY));
  }

  private List<Long> times(Labels series) {
    return all().stream()
        .filter(found -> found.series().equals(series))
        .flatMap(found -> found.exemplars().stream())
        .map(Exemplar::timestampMillis)
        .toList();
  }

  @Test
  void acceptsAndForgetsWhileItIsOff() {
    assertThat(storage.isEnabled()).isFalse();
    assertThat(storage.add(A, timed(1, 1, "trace", "x".repeat(200)))).isEqualTo(AppendResult.OK);
    assertThat(all()).isEmpty();
    assertThat(metrics.appended.value()).isZero();
  }

  @Test
  void refusesLabelsOfMoreThan128CharactersHoweverManyBytesTheyTake() {
    storage.resize(5);
    assertThat(storage.add(A, timed(1, 1, "id", "ö".repeat(126)))).isEqualTo(AppendResult.OK);
    assertThat(storage.add(A, timed(2, 1, "id", "ö".repeat(127))))
        .isEqualTo(AppendResult.EXEMPLAR_LABELS_TOO_LONG);
    assertThat(storage.add(B, timed(2, 1, "id", "😀".repeat(126)))).isEqualTo(AppendResult.OK);
    assertThat(all().getLast().exemplars().getFirst().labels().get("id"))
        .isEqualTo("😀".repeat(126));
  }

  @Test
  void repetitionOfTheNewestIsADuplicateAtWhateverTimeWhereNeitherBringsItsOwn() {
    storage.resize(5);
    storage.add(A, untimed(1, 1, "id", "x"));
    assertThat(storage.check(A, untimed(5, 1, "id", "x")))
        .isEqualTo(AppendResult.DUPLICATE_EXEMPLAR);
    assertThat(storage.check(A, timed(5, 1, "id", "x"))).isEqualTo(AppendResult.OK);
    assertThat(storage.check(A, timed(1, 1, "id", "x"))).isEqualTo(AppendResult.DUPLICATE_EXEMPLAR);
    assertThat(storage.check(A, untimed(5, 1, "id", "y"))).isEqualTo(AppendResult.OK);
    assertThat(storage.check(A, untimed(5, 2, "id", "x"))).isEqualTo(AppendResult.OK);
    assertThat(storage.check(B, untimed(5, 1, "id", "x"))).isEqualTo(AppendResult.OK);
  }

  @Test
  void olderOnesAreOutOfOrderWithoutAWindow() {
    storage.resize(5);
    storage.add(A, timed(10, 1, "id", "x"));
    assertThat(storage.check(A, timed(9, 1, "id", "y")))
        .isEqualTo(AppendResult.OUT_OF_ORDER_EXEMPLAR);
    assertThat(metrics.outOfOrder.value()).as("only what fails to be added counts").isZero();
    assertThat(storage.add(A, timed(9, 1, "id", "y")))
        .isEqualTo(AppendResult.OUT_OF_ORDER_EXEMPLAR);
    assertThat(metrics.outOfOrder.value()).isEqualTo(1);
  }

  @Test
  void exemplarsOfOneTimeComeInTheOrderOfValuesAndThenOfPrometheusLabelHashes() {
    storage.resize(5);
    storage.add(A, timed(10, 5, "id", "x"));
    assertThat(storage.check(A, timed(10, 4, "id", "y")))
        .isEqualTo(AppendResult.OUT_OF_ORDER_EXEMPLAR);
    assertThat(storage.check(A, timed(10, 6, "id", "y"))).isEqualTo(AppendResult.OK);
    boolean smaller = PrometheusLabelHash.compare(Labels.of("id", "y"), Labels.of("id", "x")) < 0;
    assertThat(storage.check(A, timed(10, 5, "id", "y")))
        .isEqualTo(smaller ? AppendResult.OUT_OF_ORDER_EXEMPLAR : AppendResult.OK);
  }

  @Test
  void withinTheWindowOlderOnesTakeTheirPlaceInTime() {
    storage.resize(10);
    storage.outOfOrderWindow(100);
    for (long t : new long[] {200, 150, 180, 101, 300}) {
      assertThat(storage.add(A, timed(t, t, "id", "x"))).isEqualTo(AppendResult.OK);
    }
    assertThat(times(A)).containsExactly(101L, 150L, 180L, 200L, 300L);
    assertThat(storage.add(A, timed(200, 7, "id", "other")))
        .as("an older one of a time that is taken")
        .isEqualTo(AppendResult.OUT_OF_ORDER_EXEMPLAR);
    storage.outOfOrderWindow(101);
    assertThat(storage.add(A, timed(200, 7, "id", "other")))
        .isEqualTo(AppendResult.DUPLICATE_EXEMPLAR);
  }

  @Test
  void theOneAddedFirstMakesRoom() {
    storage.resize(3);
    storage.add(A, timed(1, 1));
    storage.add(B, timed(1, 1));
    storage.add(A, timed(2, 1));
    storage.add(A, timed(3, 1));
    storage.add(A, timed(4, 1));
    assertThat(times(A)).containsExactly(2L, 3L, 4L);
    assertThat(all()).extracting(SeriesExemplars::series).containsExactly(A);
    assertThat(metrics.inStorage.value()).isEqualTo(3);
    assertThat(metrics.seriesInStorage.value()).isEqualTo(1);
    assertThat(metrics.oldestSeconds.value()).isEqualTo(0.002);
  }

  @Test
  void resizingKeepsTheNewest() {
    storage.resize(10);
    for (int t = 1; t <= 14; t++) {
      storage.add(t % 2 == 0 ? A : B, timed(t, 1));
    }
    assertThat(storage.resize(4)).isEqualTo(4);
    assertThat(times(A)).containsExactly(12L, 14L);
    assertThat(times(B)).containsExactly(11L, 13L);
    assertThat(storage.resize(6)).isEqualTo(4);
    storage.add(A, timed(15, 1));
    storage.add(A, timed(16, 1));
    storage.add(A, timed(17, 1));
    assertThat(times(A)).containsExactly(12L, 14L, 15L, 16L, 17L);
    assertThat(storage.resize(-1)).isZero();
    assertThat(storage.isEnabled()).isFalse();
    assertThat(all()).isEmpty();
    assertThat(metrics.capacity.value()).isZero();
  }

  @Test
  void selectsRangeAndSeriesOfAnyMatcherSetSortedByLabels() {
    storage.resize(10);
    storage.add(B, timed(1, 1));
    storage.add(B, timed(5, 2));
    storage.add(A, timed(5, 3));
    List<Matcher> a = List.of(Matcher.equal("__name__", "a"));
    List<Matcher> b = List.of(Matcher.equal("__name__", "b"));
    assertThat(storage.exemplars(2, 5, List.of(b, a)))
        .containsExactly(
            new SeriesExemplars(A, List.of(timed(5, 3))),
            new SeriesExemplars(B, List.of(timed(5, 2))));
    assertThat(storage.exemplars(2, 4, List.of(b))).isEmpty();
    assertThat(storage.exemplars(0, 9, List.of())).isEmpty();
  }

  @Test
  void showsAllInTheOrderOfAdding() {
    storage.resize(3);
    storage.outOfOrderWindow(100);
    for (long t : new long[] {10, 30, 20, 5, 40}) {
      storage.add(A, timed(t, 1));
    }
    List<Long> seen = new ArrayList<>();
    storage.forEach((series, exemplar) -> seen.add(exemplar.timestampMillis()));
    assertThat(seen).containsExactly(20L, 5L, 40L);
  }

  @Test
  void labelHashIsXxHash64() {
    assertThat(PrometheusLabelHash.of(Labels.EMPTY)).isEqualTo(0xEF46DB3751D8E999L);
  }
}
