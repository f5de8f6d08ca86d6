package io.narthex.client;

/**
 * Receives the state of a registry: per family one {@link #family} call, then one call per child.
 * Label values come in the order of the label names given with the family.
 */
public interface MetricSink {
  /** A family starts; label names are sorted. */
  void family(String name, String help, MetricType type, String[] labelNames);

  /** The value of a counter, gauge or untyped metric. */
  void value(String[] labelValues, double value);

  /**
   * A histogram.
   *
   * @param bounds upper bounds, ascending, without +Inf
   * @param counts observations per bucket (not cumulative), one more than bounds
   */
  void histogram(String[] labelValues, double[] bounds, long[] counts, double sum);

  /**
   * A summary; {@code values[i]} is the quantile {@code quantiles[i]}, NaN if nothing was observed
   * lately.
   */
  void summary(String[] labelValues, double[] quantiles, double[] values, long count, double sum);
}
