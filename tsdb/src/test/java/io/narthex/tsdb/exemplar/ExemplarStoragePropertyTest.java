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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Random exemplars and sizes against a list that is sorted anew for every question. */
final class ExemplarStoragePropertyTest {
  private static final List<Matcher> ANY = List.of(Matcher.of(MatchType.REGEX, "__name__", ".+"));

  /** An exemplar in the order of adding. */
  private record Added(Labels series, Exemplar exemplar) {}

  private static final class Naive {
    final List<Added> added = new ArrayList<>();
    int capacity;
    long window;

    List<Exemplar> of(Labels series) {
      return added.stream()
          .filter(one -> one.series().equals(series))
          .map(Added::exemplar)
          .sorted(Comparator.comparingLong(Exemplar::timestampMillis))
          .toList();
    }

    AppendResult add(Labels series, Exemplar exemplar) {
      List<Exemplar> mine = of(series);
      if (capacity == 0) {
        return AppendResult.OK;
      }
      if (!mine.isEmpty()) {
        AppendResult refusal = judge(mine, exemplar);
        if (refusal != AppendResult.OK) {
          return refusal;
        }
      }
      added.add(new Added(series, exemplar));
      shrink();
      return AppendResult.OK;
    }

    private AppendResult judge(List<Exemplar> mine, Exemplar e) {
      Exemplar newest = mine.getLast();
      boolean timed = e.hasTimestamp() || newest.hasTimestamp();
      long t = e.timestampMillis();
      long last = newest.timestampMillis();
      if (e.labels().equals(newest.labels())
          && e.value() == newest.value()
          && (!timed || t == last)) {
        return AppendResult.DUPLICATE_EXEMPLAR;
      }
      if ((t < last && t <= last - window)
          || (t == last && e.value() < newest.value())
          || (t == last
              && e.value() == newest.value()
              && PrometheusLabelHash.compare(e.labels(), newest.labels()) < 0)) {
        return AppendResult.OUT_OF_ORDER_EXEMPLAR;
      }
      boolean taken = mine.stream().anyMatch(one -> one.timestampMillis() == t);
      return t < last && taken ? AppendResult.DUPLICATE_EXEMPLAR : AppendResult.OK;
    }

    void shrink() {
      while (added.size() > capacity) {
        added.removeFirst();
      }
    }

    List<SeriesExemplars> select(long start, long end) {
      Map<Labels, List<Exemplar>> found = new TreeMap<>();
      for (Added one : added) {
        found.put(one.series(), of(one.series()));
      }
      List<SeriesExemplars> result = new ArrayList<>();
      found.forEach(
          (series, exemplars) -> {
            List<Exemplar> in =
                exemplars.stream()
                    .filter(e -> e.timestampMillis() >= start && e.timestampMillis() <= end)
                    .toList();
            if (!in.isEmpty()) {
              result.add(new SeriesExemplars(series, in));
            }
          });
      return result;
    }
  }

  @Test
  void answersAsAPlainListWould() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 60; round++) {
      run(random, "seed " + seed + " round " + round, random.nextInt(40) + 1);
    }
    run(random, "seed " + seed + " large", 5000);
  }

  private static void run(Random random, String what, int largest) {
    ExemplarStorage storage = new ExemplarStorage(new ExemplarMetrics(new MetricRegistry()));
    Naive naive = new Naive();
    int seriesCount = random.nextInt(6) + 1;
    long now = 1000;
    for (int step = 0; step < 400 + largest; step++) {
      if (step % 97 == 0) {
        naive.capacity = random.nextInt(8) == 0 ? 0 : random.nextInt(largest) + largest / 2;
        naive.shrink();
        assertThat(storage.resize(naive.capacity)).as(what).isEqualTo(naive.added.size());
        naive.window = random.nextBoolean() ? 0 : random.nextInt(30);
        storage.outOfOrderWindow(naive.window);
      }
      now += random.nextInt(3);
      Labels series =
          Labels.of("__name__", "m", "i", Integer.toString(random.nextInt(seriesCount)));
      Exemplar exemplar = exemplar(random, now - (random.nextInt(3) == 0 ? random.nextInt(40) : 0));
      assertThat(storage.add(series, exemplar))
          .as("%s step %s: %s %s", what, step, series, exemplar)
          .isEqualTo(naive.add(series, exemplar));
      if (step % 13 == 0) {
        long start = now - random.nextInt(100);
        long end = start + random.nextInt(100);
        assertThat(storage.exemplars(start, end, List.of(ANY)))
            .as("%s step %s", what, step)
            .isEqualTo(naive.select(start, end));
      }
    }
    List<Added> seen = new ArrayList<>();
    storage.forEach((series, exemplar) -> seen.add(new Added(series, exemplar)));
    assertThat(seen).as(what).isEqualTo(naive.added);
  }

  private static Exemplar exemplar(Random random, long t) {
    Labels labels =
        switch (random.nextInt(4)) {
          case 0 -> Labels.EMPTY;
          case 1 -> Labels.of("trace_id", "ä" + random.nextInt(3));
          case 2 -> Labels.of("span", "x".repeat(random.nextInt(20) + 1), "trace_id", "7");
          default -> Labels.of("trace_id", Integer.toString(random.nextInt(3)));
        };
    return new Exemplar(labels, random.nextInt(3), t, random.nextBoolean());
  }
}
