package io.narthex.promql.exec.call;

import io.narthex.promql.Annotations;
import io.narthex.promql.syntax.PositionRange;

/** Words what the functions of native histograms have to say. */
public final class NativeNotes {
  private final Annotations annotations;
  private final PositionRange position;
  private final String metricName;

  NativeNotes(Annotations annotations, PositionRange position, String metricName) {
    this.annotations = annotations;
    this.position = position;
    this.metricName = metricName;
  }

  void quantileIsNan() {
    info("input to histogram_quantile has NaN observations, result is NaN");
  }

  void quantileIsSkewed() {
    info("input to histogram_quantile has NaN observations, result is skewed higher");
  }

  void fractionWithoutNan() {
    info(
        "input to histogram_fraction has NaN observations, which are excluded from all"
            + " fractions");
  }

  private void info(String text) {
    annotations.info(Annotations.forMetric(text, metricName), position);
  }
}
