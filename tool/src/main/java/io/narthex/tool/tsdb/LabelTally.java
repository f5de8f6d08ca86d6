package io.narthex.tool.tsdb;

import io.narthex.model.labels.Labels;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts labels over series, and how much of the block's time the series with a label leave
 * uncovered: labels of series that come and go leave most.
 */
final class LabelTally {
  /** A label's values. */
  private final Map<String, Map<String, Count>> names = new HashMap<>();

  private long pairs;
  private long entries;

  private static final class Count {
    long series;
    long uncovered;
  }

  void add(Labels labels, long uncovered) {
    for (int i = 0; i < labels.size(); i++) {
      Count count =
          names
              .computeIfAbsent(labels.name(i), name -> new HashMap<>())
              .computeIfAbsent(labels.value(i), value -> new Count());
      if (count.series++ == 0) {
        pairs++;
      }
      count.uncovered += uncovered;
      entries++;
    }
  }

  long pairs() {
    return pairs;
  }

  /** Labels of all series. */
  long entries() {
    return entries;
  }

  /** Uncovered time by label, in block ranges. */
  Ranking churningPairs(long range) {
    Ranking ranking = new Ranking();
    names.forEach(
        (name, values) ->
            values.forEach(
                (value, count) -> ranking.add(name + "=" + value, ranges(count.uncovered, range))));
    return ranking;
  }

  /** Uncovered time by label name, in block ranges. */
  Ranking churningNames(long range) {
    Ranking ranking = new Ranking();
    names.forEach(
        (name, values) -> {
          long uncovered = 0;
          for (Count count : values.values()) {
            uncovered += count.uncovered;
          }
          ranking.add(name, ranges(uncovered, range));
        });
    return ranking;
  }

  private static long ranges(long uncovered, long range) {
    return (long) ((double) uncovered / range);
  }

  /** Series by label. */
  Ranking commonPairs() {
    Ranking ranking = new Ranking();
    names.forEach(
        (name, values) ->
            values.forEach((value, count) -> ranking.add(name + "=" + value, count.series)));
    return ranking;
  }
}
