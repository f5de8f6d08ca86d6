package io.narthex.promql.exec.aggregation;

import io.narthex.model.labels.GoQuote;
import io.narthex.promql.Annotations;
import io.narthex.promql.exec.SeriesList;
import io.narthex.promql.syntax.PositionRange;

/** Words what aggregations have to say. */
final class AggregationNotes {
  private final Annotations annotations;
  private final PositionRange position;
  private SeriesList series = SeriesList.EMPTY;
  private int current;

  AggregationNotes(Annotations annotations, PositionRange position) {
    this.annotations = annotations;
    this.position = position;
  }

  /** Says which series is being folded; one thread at a time. */
  void at(SeriesList input, int i) {
    series = input;
    current = i;
  }

  void histogramIgnored(String aggregation) {
    annotations.info("ignored histogram in " + aggregation + " aggregation", position);
  }

  void mixedFloatsAndHistograms() {
    annotations.warning("encountered a mix of histograms and floats for aggregation", position);
  }

  void mixedSchemas() {
    annotations.warning(
        "vector contains a mix of histograms with exponential and custom buckets schemas for"
            + " metric name "
            + GoQuote.quote(series.labels(current).metricName()),
        position);
  }

  void reconciled() {
    annotations.info("mismatched custom buckets were reconciled during aggregation", position);
  }

  void resetCollision() {
    annotations.warning("conflicting counter resets during histogram aggregation", position);
  }
}
