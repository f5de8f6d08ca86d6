package io.narthex.promql.exec.call;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.MatchType;
import io.narthex.model.labels.Matcher;
import io.narthex.promql.exec.SeriesList;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which series {@code info} takes labels from: those of the info metrics, {@code target_info}
 * unless said otherwise, that share the identifying labels with the base series.
 */
final class InfoMatchers {
  static final List<String> IDENTIFYING = List.of("instance", "job");

  private final List<Matcher> names = new ArrayList<>();
  private final List<Matcher> data = new ArrayList<>();

  InfoMatchers(List<Matcher> matchers) {
    boolean positive = false;
    for (Matcher matcher : matchers) {
      if (matcher.name().equals(Labels.METRIC_NAME)) {
        names.add(matcher);
        positive |= matcher.type() == MatchType.EQUAL || matcher.type() == MatchType.REGEX;
      } else {
        data.add(matcher);
      }
    }
    if (names.isEmpty()) {
      names.add(Matcher.equal(Labels.METRIC_NAME, "target_info"));
    } else if (!positive) {
      names.addFirst(Matcher.of(MatchType.REGEX, Labels.METRIC_NAME, ".+_info"));
    }
  }

  /** Whether a series is itself of an info metric. */
  boolean isInfo(Labels labels) {
    String name = labels.metricName();
    return names.stream().allMatch(matcher -> matcher.matches(name));
  }

  /** Whether a label may be taken over. */
  boolean takes(String label) {
    return data.isEmpty() || data.stream().anyMatch(matcher -> matcher.name().equals(label));
  }

  /** Whether base series without any info series pass. */
  boolean optional() {
    return data.stream().allMatch(Matcher::matchesEmpty);
  }

  /** What selects the info series of the base series; empty where none can be identified. */
  List<Matcher> selecting(SeriesList base) {
    List<Matcher> matchers = new ArrayList<>();
    for (String label : IDENTIFYING) {
      Set<String> values = new TreeSet<>();
      for (int i = 0; i < base.size(); i++) {
        String value = base.labels(i).get(label);
        if (!value.isEmpty() && !isInfo(base.labels(i))) {
          values.add(value);
        }
      }
      if (!values.isEmpty()) {
        String alternatives = String.join("|", values.stream().map(InfoMatchers::quoted).toList());
        matchers.add(Matcher.of(MatchType.REGEX, label, alternatives));
      }
    }
    if (!matchers.isEmpty()) {
      matchers.addAll(data);
      matchers.addAll(names);
    }
    return matchers;
  }

  private static String quoted(String value) {
    return com.google.re2j.Pattern.quote(value);
  }
}
