package io.narthex.client;

/** What a metric family counts, as its `# TYPE` line says. */
public enum MetricType {
  COUNTER("counter"),
  GAUGE("gauge"),
  HISTOGRAM("histogram"),
  SUMMARY("summary"),
  UNTYPED("untyped");

  private final String word;

  MetricType(String word) {
    this.word = word;
  }

  /** The word of the `# TYPE` line in text format 0.0.4. */
  public String word() {
    return word;
  }
}
