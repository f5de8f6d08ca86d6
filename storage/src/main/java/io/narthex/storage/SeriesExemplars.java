package io.narthex.storage;

import io.narthex.model.labels.Labels;
import io.narthex.model.value.Exemplar;
import java.util.List;

/** The exemplars of one series, ascending in time. */
public record SeriesExemplars(Labels series, List<Exemplar> exemplars) {
  public SeriesExemplars {
    exemplars = List.copyOf(exemplars);
  }
}
