package io.narthex.model.metadata;

/** The types of the exposition formats; ordinals as in the WAL. */
public enum MetricType {
  UNKNOWN("unknown"),
  COUNTER("counter"),
  GAUGE("gauge"),
  HISTOGRAM("histogram"),
  GAUGE_HISTOGRAM("gaugehistogram"),
  SUMMARY("summary"),
  INFO("info"),
  STATESET("stateset");

  private final String text;

  MetricType(String text) {
    this.text = text;
  }

  /** As in the API and in OpenMetrics. */
  public String text() {
    return text;
  }
}
