package io.narthex.promql.exec;

import io.narthex.model.labels.Labels;

/** The labels that go when an operation makes a new metric: name, type and unit. */
public final class MetadataLabels {
  public static final String TYPE = "__type__";
  public static final String UNIT = "__unit__";

  private MetadataLabels() {}

  public static boolean is(String label) {
    return label.equals(Labels.METRIC_NAME) || label.equals(TYPE) || label.equals(UNIT);
  }

  public static Labels without(Labels labels) {
    int found = 0;
    int n = labels.size();
    for (int i = 0; i < n; i++) {
      if (is(labels.name(i))) {
        found++;
      }
    }
    if (found == 0) {
      return labels;
    }
    String[] pairs = new String[2 * (n - found)];
    int at = 0;
    for (int i = 0; i < n; i++) {
      String name = labels.name(i);
      if (!is(name)) {
        pairs[at++] = name;
        pairs[at++] = labels.value(i);
      }
    }
    return Labels.ofSorted(pairs);
  }
}
