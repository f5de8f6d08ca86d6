package io.narthex.promql.explain;

/** What is known of metrics from the metadata of their targets. */
@FunctionalInterface
public interface MetricTypes {
  MetricTypes UNKNOWN = metric -> "";

  /** The type of a metric, as {@code counter}; empty where it is not known. */
  String typeOf(String metric);
}
