package io.narthex.promql.syntax;

import io.narthex.model.histogram.FloatHistogram;

/** One place in the values of a series description. */
public sealed interface SequenceValue {
  /** No sample. */
  record Gap() implements SequenceValue {}

  /** A float sample, or a staleness marker. */
  record FloatValue(double value) implements SequenceValue {}

  /**
   * A histogram sample.
   *
   * @param hintWritten whether the counter reset hint is written out; only then it is compared
   */
  record HistogramValue(FloatHistogram histogram, boolean hintWritten) implements SequenceValue {}

  SequenceValue GAP = new Gap();
}
