package io.narthex.promql.syntax;

import io.narthex.model.histogram.FloatHistogram;

/**
 * What sequences of histograms ({@code {{…}}+{{…}}x5}) need to be computed; whoever evaluates
 * expressions has it. Both methods throw {@link IllegalArgumentException} where the layouts do not
 * go together.
 */
public interface HistogramArithmetic {
  FloatHistogram add(FloatHistogram left, FloatHistogram right);

  FloatHistogram subtract(FloatHistogram left, FloatHistogram right);
}
