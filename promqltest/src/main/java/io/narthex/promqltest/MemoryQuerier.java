package io.narthex.promqltest;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Matcher;
import io.narthex.model.labels.Utf8Order;
import io.narthex.promqltest.MemorySeries.Snapshot;
import io.narthex.storage.Querier;
import io.narthex.storage.SampleBuffer;
import io.narthex.storage.SelectHints;
import io.narthex.storage.SeriesSet;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Answers from snapshots of series, which are sorted by labels. */
final class MemoryQuerier implements Querier {
  private final List<Snapshot> series;

  MemoryQuerier(List<Snapshot> series) {
    this.series = series;
  }

  @Override
  public SeriesSet select(SelectHints hints, List<Matcher> matchers) {
    return new MemorySeriesSet(matching(matchers));
  }

  @Override
  public List<String> labelNames(List<Matcher> matchers, int limit) {
    TreeSet<String> names = new TreeSet<>(Utf8Order::compare);
    for (Snapshot each : matching(matchers)) {
      for (int i = 0; i < each.labels().size(); i++) {
        names.add(each.labels().name(i));
      }
    }
    return limited(names, limit);
  }

  @Override
  public List<String> labelValues(String name, List<Matcher> matchers, int limit) {
    TreeSet<String> values = new TreeSet<>(Utf8Order::compare);
    for (Snapshot each : matching(matchers)) {
      if (each.labels().has(name)) {
        values.add(each.labels().get(name));
      }
    }
    return limited(values, limit);
  }

  private static List<String> limited(TreeSet<String> texts, int limit) {
    List<String> all = new ArrayList<>(texts);
    return limit > 0 && all.size() > limit ? List.copyOf(all.subList(0, limit)) : all;
  }

  private List<Snapshot> matching(List<Matcher> matchers) {
    List<Snapshot> found = new ArrayList<>();
    for (Snapshot each : series) {
      if (matches(each.labels(), matchers)) {
        found.add(each);
      }
    }
    return found;
  }

  private static boolean matches(Labels labels, List<Matcher> matchers) {
    for (Matcher matcher : matchers) {
      if (!matcher.matches(labels.get(matcher.name()))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {}

  private record MemorySeriesSet(List<Snapshot> series) implements SeriesSet {
    @Override
    public int size() {
      return series.size();
    }

    @Override
    public Labels labels(int i) {
      return series.get(i).labels();
    }

    @Override
    public void read(int i, long mint, long maxt, SampleBuffer into) {
      series.get(i).read(mint, maxt, into);
    }

    @Override
    public List<String> warnings() {
      return List.of();
    }
  }
}
