package io.narthex.tsdb;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Matcher;
import io.narthex.storage.Querier;
import io.narthex.storage.SampleBuffer;
import io.narthex.storage.SelectHints;
import io.narthex.storage.SeriesSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a database should answer: a sorted map of sorted maps. */
final class NaiveDatabase {
  private final TreeMap<Labels, TreeMap<Long, Double>> series = new TreeMap<>();

  void add(Labels labels, long t, double value) {
    series.computeIfAbsent(labels, l -> new TreeMap<>()).put(t, value);
  }

  void delete(long mint, long maxt, Matcher matcher) {
    series.forEach(
        (labels, samples) -> {
          if (matcher.matches(labels.get(matcher.name()))) {
            samples.subMap(mint, true, maxt, true).clear();
          }
        });
  }

  /** A line for each series that has samples in the range. */
  String read(long mint, long maxt, List<Matcher> matchers) {
    StringBuilder out = new StringBuilder();
    for (Map.Entry<Labels, TreeMap<Long, Double>> entry : series.entrySet()) {
      boolean matches = matchers.stream().allMatch(m -> m.matches(entry.getKey().get(m.name())));
      if (matches && !entry.getValue().subMap(mint, true, maxt, true).isEmpty()) {
        out.append(entry.getKey());
        entry
            .getValue()
            .subMap(mint, true, maxt, true)
            .forEach((t, v) -> out.append(' ').append(t).append('=').append(v));
        out.append('\n');
      }
    }
    return out.toString();
  }

  /** The same of a real database. */
  static String read(Querier querier, long mint, long maxt, List<Matcher> matchers) {
    StringBuilder out = new StringBuilder();
    SeriesSet set = querier.select(SelectHints.range(mint, maxt), matchers);
    SampleBuffer buffer = new SampleBuffer();
    Labels last = Labels.EMPTY;
    for (int i = 0; i < set.size(); i++) {
      if (set.labels(i).compareTo(last) <= 0) {
        throw new AssertionError(set.labels(i) + " after " + last);
      }
      last = set.labels(i);
      set.read(i, mint, maxt, buffer);
      if (buffer.size() == 0) {
        continue;
      }
      out.append(last);
      for (int s = 0; s < buffer.size(); s++) {
        out.append(' ').append(buffer.timestamps[s]).append('=').append(buffer.values[s]);
      }
      out.append('\n');
    }
    return out.toString();
  }
}
