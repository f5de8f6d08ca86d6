package io.narthex.promql.exec.binary;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.LabelsBuilder;
import io.narthex.promql.exec.MetadataLabels;
import io.narthex.promql.syntax.VectorMatching;

/** The labels of a join's results. */
final class JoinLabels {
  private final VectorMatching matching;
  private final boolean dropsMetadata;
  private final boolean oneToOne;
  private final LabelsBuilder builder = new LabelsBuilder();

  JoinLabels(VectorMatching matching, boolean dropsMetadata) {
    this.matching = matching;
    this.dropsMetadata = dropsMetadata;
    this.oneToOne = matching.cardinality() == VectorMatching.Cardinality.ONE_TO_ONE;
  }

  /** The labels that were compared. */
  Labels matched(Labels labels) {
    return labels.filter(
        name ->
            matching.on()
                ? matching.labels().contains(name)
                : !name.equals(Labels.METRIC_NAME) && !matching.labels().contains(name));
  }

  /** Labels of a result: those of the "many" side, reduced or completed as the matching says. */
  Labels of(Labels many, Labels one) {
    Labels base = dropsMetadata ? MetadataLabels.without(many) : many;
    if (oneToOne) {
      return base.filter(name -> matching.on() == matching.labels().contains(name));
    }
    if (matching.include().isEmpty()) {
      return base;
    }
    builder.reset(base);
    for (String name : matching.include()) {
      builder.set(name, one.get(name));
    }
    return builder.labels();
  }
}
