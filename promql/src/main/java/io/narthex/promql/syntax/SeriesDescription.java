package io.narthex.promql.syntax;

import io.narthex.model.labels.Labels;
import java.util.List;

/**
 * A line of a test script: a series and its values, one for each step.
 *
 * @param labels the series, its name included
 */
public record SeriesDescription(Labels labels, List<SequenceValue> values) {
  public SeriesDescription {
    values = List.copyOf(values);
  }
}
