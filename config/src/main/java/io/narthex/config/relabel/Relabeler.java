package io.narthex.config.relabel;

import io.narthex.config.NameValidation;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.LabelsBuilder;
import java.util.List;
import java.util.Optional;

/** Relabeling rules, compiled once and applied in order. Safe for several threads. */
public final class Relabeler {
  /** No rules: keeps every label set as it is. */
  public static final Relabeler NONE = new Relabeler(List.of(), NameValidation.UTF8);

  private final RelabelRule[] rules;

  /**
   * @param rules valid rules, as configuration loading leaves them
   * @param validation which target labels {@code replace} may set
   */
  public Relabeler(List<RelabelConfig> rules, NameValidation validation) {
    this.rules =
        rules.stream().map(rule -> RelabelRule.of(rule, validation)).toArray(RelabelRule[]::new);
  }

  public boolean isEmpty() {
    return rules.length == 0;
  }

  /**
   * Applies the rules.
   *
   * @return whether to keep the label set; where not, it is left half changed
   */
  public boolean apply(LabelsBuilder labels) {
    for (RelabelRule rule : rules) {
      if (!rule.apply(labels)) {
        return false;
      }
    }
    return true;
  }

  /** The label set after the rules, or nothing where it is dropped. */
  public Optional<Labels> apply(Labels labels) {
    LabelsBuilder builder = new LabelsBuilder(labels);
    return apply(builder) ? Optional.of(builder.labels()) : Optional.empty();
  }
}
