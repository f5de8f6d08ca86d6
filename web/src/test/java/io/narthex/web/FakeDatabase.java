package io.narthex.web;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Matcher;
import io.narthex.storage.DatabaseAdmin;
import io.narthex.storage.ExemplarQueryable;
import io.narthex.storage.NotReadyException;
import io.narthex.storage.Querier;
import io.narthex.storage.Queryable;
import io.narthex.storage.SampleBuffer;
import io.narthex.storage.SelectHints;
import io.narthex.storage.SeriesExemplars;
import io.narthex.storage.SeriesSet;
import io.narthex.storage.StorageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Series in maps, with the failures that a test asks for. */
final class FakeDatabase implements Queryable, ExemplarQueryable, DatabaseAdmin {
  final NavigableMap<Labels, NavigableMap<Long, Double>> series = new TreeMap<>();
  final List<SeriesExemplars> exemplars = new ArrayList<>();
  final List<String> calls = new ArrayList<>();
  volatile Runnable beforeRead = () -> {};
  volatile boolean notReady;
  volatile String failure = "";

  void add(Labels labels, long timestampMillis, double value) {
    series.computeIfAbsent(labels, l -> new TreeMap<>()).put(timestampMillis, value);
  }

  private void check() {
    if (notReady) {
      throw new NotReadyException();
    }
    if (!failure.isEmpty()) {
      throw new StorageException(failure);
    }
  }

  @Override
  public List<SeriesExemplars> exemplars(long start, long end, List<List<Matcher>> matcherSets) {
    check();
    calls.add("exemplars " + start + " " + end + " " + matcherSets);
    return List.copyOf(exemplars);
  }

  @Override
  public Querier querier(long mint, long maxt) {
    check();
    return new FakeQuerier(mint, maxt);
  }

  private final class FakeQuerier implements Querier {
    private final long mint;
    private final long maxt;

    FakeQuerier(long mint, long maxt) {
      this.mint = mint;
      this.maxt = maxt;
    }

    private List<Labels> matching(List<Matcher> matchers) {
      List<Labels> found = new ArrayList<>();
      for (Map.Entry<Labels, NavigableMap<Long, Double>> entry : series.entrySet()) {
        Labels labels = entry.getKey();
        boolean inRange = !entry.getValue().subMap(mint, true, maxt, true).isEmpty();
        if (inRange && matchers.stream().allMatch(m -> m.matches(labels.get(m.name())))) {
          found.add(labels);
        }
      }
      return found;
    }

    @Override
    public SeriesSet select(SelectHints hints, List<Matcher> matchers) {
      List<Labels> found = matching(matchers);
      return new SeriesSet() {
        @Override
        public int size() {
          return hints.limit() > 0 ? Math.min(hints.limit(), found.size()) : found.size();
        }

        @Override
        public Labels labels(int i) {
          return found.get(i);
        }

        @Override
        public void read(int i, long from, long to, SampleBuffer into) {
          beforeRead.run();
          into.clear();
          series.get(found.get(i)).subMap(from, true, to, true).forEach(into::add);
        }

        @Override
        public List<String> warnings() {
          return List.of();
        }
      };
    }

    @Override
    public List<String> labelNames(List<Matcher> matchers, int limit) {
      TreeSet<String> names = new TreeSet<>();
      matching(matchers).forEach(labels -> labels.forEach((name, value) -> names.add(name)));
      return cut(names, limit);
    }

    @Override
    public List<String> labelValues(String name, List<Matcher> matchers, int limit) {
      TreeSet<String> values = new TreeSet<>();
      matching(matchers).stream()
          .filter(labels -> labels.has(name))
          .forEach(labels -> values.add(labels.get(name)));
      return cut(values, limit);
    }

    private static List<String> cut(TreeSet<String> texts, int limit) {
      return texts.stream().limit(limit == 0 ? Long.MAX_VALUE : limit).toList();
    }

    @Override
    public void close() {}
  }

  @Override
  public Statistics statistics(int limit) {
    check();
    List<Count> counts = List.of(new Count("up", 2), new Count("<b>", 1));
    return new Statistics(
        3,
        9,
        4,
        1000,
        2000,
        counts.subList(0, Math.min(limit, 2)),
        List.of(),
        List.of(),
        List.of());
  }

  @Override
  public List<String> blockMetas() {
    check();
    return List.of("{\n\t\"ulid\": \"01X\",\n\t\"minTime\": 5, \"text\": \"a \\\" b\"\n}");
  }

  @Override
  public ReplayProgress replayProgress() {
    return new ReplayProgress(1, 5, 3);
  }

  @Override
  public long corruptions() {
    return 2;
  }

  @Override
  public String snapshot(boolean skipHead) {
    check();
    calls.add("snapshot skipHead=" + skipHead);
    return "20260102T030405Z-0123456789abcdef";
  }

  @Override
  public void delete(long mint, long maxt, List<Matcher> matchers) {
    check();
    calls.add("delete " + mint + " " + maxt + " " + matchers);
  }

  @Override
  public void cleanTombstones() {
    check();
    calls.add("clean");
  }
}
