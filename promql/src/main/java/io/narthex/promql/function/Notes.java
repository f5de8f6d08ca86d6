package io.narthex.promql.function;

/** Takes what a kernel has to say about a series. */
public interface Notes {
  /** Floats and histograms meet in one window; there is no result for it. */
  void mixedFloatsAndHistograms();

  /** A window has floats and histograms; the histograms were left out. */
  void histogramsIgnored();

  /** Exponential and custom buckets meet in one window; there is no result for it. */
  void mixedSchemas();

  /** A counter function met a gauge histogram. */
  void notCounter();

  /** A gauge function met a counter histogram. */
  void notGauge();

  /** Custom buckets with other bounds were brought to common bounds in an addition. */
  void reconciledInAddition();

  /** Custom buckets with other bounds were brought to common bounds in a subtraction. */
  void reconciledInSubtraction();

  /** Custom buckets with other bounds were brought to common bounds in an aggregation. */
  void reconciledInAggregation();

  /** Histograms with and without counter reset met in an aggregation. */
  void resetCollisionInAggregation();

  /** A sample's start timestamp lies before the sample before it, and is not that one's own. */
  void startTimeOverlap();
}
