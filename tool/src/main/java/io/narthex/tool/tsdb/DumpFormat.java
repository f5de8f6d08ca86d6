package io.narthex.tool.tsdb;

/** What a dump looks like. */
public enum DumpFormat {
  /** A line for each sample: labels, value, milliseconds. */
  SAMPLES,
  /** A line for each series: its labels as a JSON object. */
  SERIES_JSON,
  /** OpenMetrics text: seconds, floats only. */
  OPEN_METRICS
}
