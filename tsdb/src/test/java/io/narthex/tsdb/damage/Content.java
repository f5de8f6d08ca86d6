package io.narthex.tsdb.damage;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.MatchType;
import io.narthex.model.labels.Matcher;
import io.narthex.storage.Querier;
import io.narthex.storage.SampleBuffer;
import io.narthex.storage.SelectHints;
import io.narthex.storage.SeriesSet;
import io.narthex.tsdb.torture.SampleText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/** Samples, as text, by series and time. */
final class Content {
  static final long MIN = 0;
  static final long MAX = Long.MAX_VALUE / 2;
  private static final List<Matcher> EVERYTHING =
      List.of(Matcher.of(MatchType.REGEX, "__name__", ".+"));

  private final Map<Labels, TreeMap<Long, String>> series = new TreeMap<>();

  void add(Labels labels, long t, String value) {
    series.computeIfAbsent(labels, _ -> new TreeMap<>()).put(t, value);
  }

  /** All that a querier shows. */
  static Content of(Querier querier) {
    return of(querier, EVERYTHING, MIN, MAX);
  }

  static Content of(Querier querier, List<Matcher> matchers, long mint, long maxt) {
    Content found = new Content();
    SeriesSet set = querier.select(SelectHints.range(mint, maxt), matchers);
    SampleBuffer buffer = new SampleBuffer();
    for (int i = 0; i < set.size(); i++) {
      set.read(i, mint, maxt, buffer);
      for (int s = 0; s < buffer.size(); s++) {
        found.add(set.labels(i), buffer.timestamps[s], SampleText.of(buffer, s));
      }
    }
    return found;
  }

  /** Selects one series. */
  static List<Matcher> matchers(Labels labels) {
    List<Matcher> matchers = new ArrayList<>();
    labels.forEach((name, value) -> matchers.add(Matcher.equal(name, value)));
    return matchers;
  }

  List<Labels> labels() {
    return List.copyOf(series.keySet());
  }

  int size() {
    return series.values().stream().mapToInt(TreeMap::size).sum();
  }

  boolean has(Labels labels, long t) {
    return series.containsKey(labels) && series.get(labels).containsKey(t);
  }

  void addAll(Content that) {
    that.series.forEach((labels, samples) -> samples.forEach((t, v) -> add(labels, t, v)));
  }

  Content plus(Content that) {
    Content both = new Content();
    both.addAll(this);
    both.addAll(that);
    return both;
  }

  Content only(BiPredicate<Labels, Long> wanted) {
    Content some = new Content();
    series.forEach(
        (labels, samples) ->
            samples.forEach(
                (t, v) -> {
                  if (wanted.test(labels, t)) {
                    some.add(labels, t, v);
                  }
                }));
    return some;
  }

  Content of(Labels labels) {
    return only((each, _) -> each.equals(labels));
  }

  Content within(long mint, long maxt) {
    return only((_, t) -> t >= mint && t <= maxt);
  }

  Content without(Content that) {
    return only((labels, t) -> !that.has(labels, t));
  }

  /** The first samples of these that the other does not have, or has with another value. */
  List<String> missingIn(Content that) {
    List<String> missing = new ArrayList<>();
    series.forEach(
        (labels, samples) ->
            samples.forEach(
                (t, v) -> {
                  String other = that.has(labels, t) ? that.series.get(labels).get(t) : "nothing";
                  if (!v.equals(other) && missing.size() < 3) {
                    missing.add(labels + " at " + t + ": " + v + " and " + other);
                  }
                }));
    return missing;
  }
}
