package io.narthex.tsdb;

import io.narthex.client.MetricRegistry;
import io.narthex.client.MetricSink;
import io.narthex.client.MetricType;

/** Reads metrics without labels from a registry. */
public final class TestMetrics implements MetricSink {
  private final String wanted;
  private boolean inFamily;
  private double found = Double.NaN;

  private TestMetrics(String wanted) {
    this.wanted = wanted;
  }

  /** A counter's or gauge's value, a histogram's or summary's count; fails where it is absent. */
  public static double value(MetricRegistry registry, String name) {
    TestMetrics sink = new TestMetrics(name);
    registry.collect(sink);
    if (Double.isNaN(sink.found)) {
      throw new AssertionError("no metric " + name);
    }
    return sink.found;
  }

  @Override
  public void family(String name, String help, MetricType type, String[] labelNames) {
    inFamily = name.equals(wanted);
  }

  @Override
  public void value(String[] labelValues, double value) {
    found = inFamily ? value : found;
  }

  @Override
  public void histogram(String[] labelValues, double[] bounds, long[] counts, double sum) {
    long count = 0;
    for (long each : counts) {
      count += each;
    }
    found = inFamily ? count : found;
  }

  @Override
  public void summary(
      String[] labelValues, double[] quantiles, double[] values, long count, double sum) {
    found = inFamily ? count : found;
  }
}
