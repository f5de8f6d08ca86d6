package io.narthex.model.metadata;

/** What an exposition says of a metric family. */
public record MetricMetadata(MetricType type, String unit, String help) {
  public static final MetricMetadata EMPTY = new MetricMetadata(MetricType.UNKNOWN, "", "");
}
