package io.narthex.tool.query;

import io.narthex.model.labels.GoQuote;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Utf8Order;
import io.narthex.tool.JsonTree;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The labels of a series as an answer has them.
 *
 * @param labels sorted by name
 */
record Metric(TreeMap<String, String> labels) implements Comparable<Metric> {
  static Metric of(@Nullable Object json) {
    TreeMap<String, String> labels = new TreeMap<>(Utf8Order::compare);
    JsonTree.object(json).forEach((name, value) -> labels.put(name, String.valueOf(value)));
    return new Metric(labels);
  }

  /** {@code name{a="1", b="2"}}. */
  String text() {
    String name = labels.getOrDefault(Labels.METRIC_NAME, "");
    // Sorted as whole texts, so that the sign behind a name counts.
    String others =
        labels.entrySet().stream()
            .filter(label -> !label.getKey().equals(Labels.METRIC_NAME))
            .map(Metric::label)
            .sorted(Utf8Order::compare)
            .collect(Collectors.joining(", "));
    return others.isEmpty() && labels.containsKey(Labels.METRIC_NAME)
        ? name
        : name + "{" + others + "}";
  }

  /** {@code {__name__="name", a="1"}}. */
  String setText() {
    return labels.entrySet().stream()
        .map(Metric::label)
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String label(Map.Entry<String, String> label) {
    return label.getKey() + "=" + GoQuote.quote(label.getValue());
  }

  /** The same labels but one. */
  Metric without(String name) {
    TreeMap<String, String> left = new TreeMap<>(labels);
    left.remove(name);
    return new Metric(left);
  }

  String get(String name) {
    return labels.getOrDefault(name, "");
  }

  /** Fewer labels come first; else the first label that differs decides. */
  @Override
  public int compareTo(Metric other) {
    int bySize = Integer.compare(labels.size(), other.labels.size());
    if (bySize != 0) {
      return bySize;
    }
    var theirs = other.labels.entrySet().iterator();
    for (Map.Entry<String, String> mine : labels.entrySet()) {
      Map.Entry<String, String> their = theirs.next();
      int byName = Utf8Order.compare(mine.getKey(), their.getKey());
      if (byName != 0) {
        // Who lacks the smaller name comes first.
        return -byName;
      }
      int byValue = Utf8Order.compare(mine.getValue(), their.getValue());
      if (byValue != 0) {
        return byValue;
      }
    }
    return 0;
  }
}
