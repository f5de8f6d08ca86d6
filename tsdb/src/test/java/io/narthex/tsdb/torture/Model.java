package io.narthex.tsdb.torture;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Matcher;
import io.narthex.storage.Querier;
import io.narthex.storage.SampleBuffer;
import io.narthex.storage.SelectHints;
import io.narthex.storage.SeriesSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What a database should answer. Where several values were accepted for one time, as may happen out
 * of order, each of them is right.
 */
final class Model {
  /** In a set of what is right: no sample. */
  private static final String ABSENT = "-";

  private static final int SHOWN = 5;

  /** The newest sample in order of a series. */
  record Newest(long t, String text) {}

  private final TreeMap<Labels, TreeMap<Long, Set<String>>> series = new TreeMap<>();
  private final Map<Labels, Newest> newest = new HashMap<>();
  private final Map<Labels, List<long[]>> deleted = new HashMap<>();

  Newest newest(Labels labels) {
    return newest.getOrDefault(labels, new Newest(Long.MIN_VALUE, ABSENT));
  }

  /** The series may be listed from now on. */
  void know(Labels labels) {
    series.computeIfAbsent(labels, l -> new TreeMap<>());
  }

  /** A sample that is newer than all others of its series. */
  void append(Labels labels, long t, String text) {
    put(labels, t, Set.of(text));
    newest.put(labels, new Newest(t, text));
  }

  /** A sample between others; what was there for its time may stay. */
  void insert(Labels labels, long t, String text) {
    Set<String> right = new TreeSet<>(at(labels, t));
    right.add(text);
    if (!isDeleted(labels, t)) {
      right.remove(ABSENT);
    }
    put(labels, t, right);
  }

  /** A sample that may have been dropped. */
  void maybe(Labels labels, long t, String text) {
    Set<String> right = new TreeSet<>(at(labels, t));
    right.add(text);
    put(labels, t, right);
  }

  private Set<String> at(Labels labels, long t) {
    return series.getOrDefault(labels, new TreeMap<>()).getOrDefault(t, Set.of(ABSENT));
  }

  private void put(Labels labels, long t, Set<String> right) {
    series.computeIfAbsent(labels, l -> new TreeMap<>()).put(t, Set.copyOf(right));
  }

  private boolean isDeleted(Labels labels, long t) {
    return deleted.getOrDefault(labels, List.of()).stream().anyMatch(r -> r[0] <= t && t <= r[1]);
  }

  void delete(long mint, long maxt, List<Matcher> matchers) {
    series.forEach(
        (labels, samples) -> {
          if (matches(labels, matchers) && !samples.isEmpty()) {
            // A sample out of order that comes later for a deleted time may be hidden.
            long until = Math.min(maxt, samples.lastKey());
            deleted.computeIfAbsent(labels, l -> new ArrayList<>()).add(new long[] {mint, until});
            samples.subMap(mint, true, maxt, true).clear();
          }
        });
  }

  private static boolean matches(Labels labels, List<Matcher> matchers) {
    return matchers.stream().allMatch(m -> m.matches(labels.get(m.name())));
  }

  /** What is right now; later changes of this model do not change it. */
  Expected expected(long mint, long maxt, List<Matcher> matchers) {
    TreeMap<Labels, NavigableMap<Long, Set<String>>> found = new TreeMap<>();
    series.forEach(
        (labels, samples) -> {
          if (mint <= maxt && matches(labels, matchers)) {
            found.put(labels, new TreeMap<>(samples.subMap(mint, true, maxt, true)));
          }
        });
    return new Expected(mint, maxt, matchers, found);
  }

  /** Right samples of a selection. */
  record Expected(
      long mint,
      long maxt,
      List<Matcher> matchers,
      TreeMap<Labels, NavigableMap<Long, Set<String>>> series) {

    /** What is wrong with the answer, a line for each; empty where all is well. */
    List<String> faults(Querier querier) {
      SeriesSet set = querier.select(SelectHints.range(mint, maxt), matchers);
      SampleBuffer buffer = new SampleBuffer();
      List<String> faults = new ArrayList<>(set.warnings());
      TreeMap<Labels, NavigableMap<Long, Set<String>>> rest = new TreeMap<>(series);
      for (int i = 0; i < set.size(); i++) {
        Labels labels = set.labels(i);
        if (i > 0 && set.labels(i - 1).compareTo(labels) >= 0) {
          faults.add(labels + " comes after " + set.labels(i - 1));
        }
        set.read(i, mint, maxt, buffer);
        NavigableMap<Long, Set<String>> wanted = rest.remove(labels);
        compare(labels, buffer, wanted == null ? new TreeMap<>() : wanted, faults);
      }
      rest.forEach((labels, wanted) -> compare(labels, new SampleBuffer(), wanted, faults));
      return faults.size() <= SHOWN ? faults : shortened(faults);
    }

    private static List<String> shortened(List<String> faults) {
      List<String> some = new ArrayList<>(faults.subList(0, SHOWN));
      some.add("and " + (faults.size() - SHOWN) + " more");
      return some;
    }

    private static void compare(
        Labels labels,
        SampleBuffer buffer,
        NavigableMap<Long, Set<String>> wanted,
        List<String> faults) {
      TreeMap<Long, Set<String>> rest = new TreeMap<>(wanted);
      for (int i = 0; i < buffer.size(); i++) {
        long t = buffer.timestamps[i];
        if (i > 0 && buffer.timestamps[i - 1] >= t) {
          faults.add(labels + ": " + t + " comes after " + buffer.timestamps[i - 1]);
        }
        Set<String> right = rest.remove(t);
        String text = SampleText.of(buffer, i);
        if (right == null) {
          faults.add(labels + ": invented at " + t + ": " + text);
        } else if (!right.contains(text)) {
          faults.add(labels + ": wrong at " + t + ": " + text + " instead of " + right);
        }
      }
      rest.forEach(
          (t, right) -> {
            if (!right.contains(ABSENT)) {
              faults.add(labels + ": lost at " + t + ": " + right);
            }
          });
    }

    /** Names or values of labels of the series that have samples for certain. */
    TreeSet<String> certain(Function<Labels, List<String>> of) {
      TreeSet<String> all = new TreeSet<>();
      series.forEach(
          (labels, samples) -> {
            if (samples.values().stream().anyMatch(right -> !right.contains(ABSENT))) {
              all.addAll(of.apply(labels));
            }
          });
      return all;
    }

    /** The same of all series that ever were. */
    TreeSet<String> possible(Function<Labels, List<String>> of) {
      TreeSet<String> all = new TreeSet<>();
      series.keySet().forEach(labels -> all.addAll(of.apply(labels)));
      return all;
    }
  }
}
