package io.narthex.scrape;

import io.narthex.config.relabel.Relabeler;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.LabelsBuilder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Makes the labels of a stored series from those that a target exposes. */
final class SampleLabels {
  private static final String EXPORTED_PREFIX = "exported_";

  private final Labels target;
  private final boolean honorLabels;
  private final Relabeler relabeler;
  private final LabelsBuilder builder = new LabelsBuilder();

  SampleLabels(Labels target, boolean honorLabels, Relabeler relabeler) {
    this.target = target;
    this.honorLabels = honorLabels;
    this.relabeler = relabeler;
  }

  /**
   * Adds the target's labels and applies metric relabeling.
   *
   * @param empty labels that the target explicitly leaves empty; where its labels are honored, they
   *     stay so
   * @return nothing where the series is dropped
   */
  Optional<Labels> of(Labels exposed, List<String> empty) {
    builder.reset(exposed);
    if (honorLabels) {
      for (int i = 0; i < target.size(); i++) {
        String name = target.name(i);
        if (!exposed.has(name) && !empty.contains(name)) {
          builder.set(name, target.value(i));
        }
      }
    } else {
      overrule(exposed);
    }
    if (!relabeler.apply(builder)) {
      return Optional.empty();
    }
    Labels labels = builder.labels();
    return labels.isEmpty() ? Optional.empty() : Optional.of(labels);
  }

  /** Sets the target's labels; exposed ones of the same name move to {@code exported_…}. */
  private void overrule(Labels exposed) {
    List<String> conflicts = new ArrayList<>(0);
    for (int i = 0; i < target.size(); i++) {
      String name = target.name(i);
      if (exposed.has(name)) {
        conflicts.add(name);
      }
      builder.set(name, target.value(i));
    }
    // Short names first, so that the outcome does not depend on the order of labels.
    conflicts.sort(Comparator.comparingInt(String::length));
    for (String name : conflicts) {
      String free = EXPORTED_PREFIX + name;
      while (builder.has(free)) {
        free = EXPORTED_PREFIX + free;
      }
      builder.set(free, exposed.get(name));
    }
  }

  /** The labels of a series that the scrape itself makes, such as {@code up}. */
  Labels ofReport(String metric) {
    return builder.reset(target).set(Labels.METRIC_NAME, metric).labels();
  }
}
