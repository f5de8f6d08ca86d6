package io.narthex.client;

/** One metric: the child of a family for one combination of label values. */
public sealed interface Metric permits Counter, Gauge, Histogram, Summary {
  /** Reports the current state. */
  void collect(String[] labelValues, MetricSink sink);
}
