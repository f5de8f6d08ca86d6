package io.narthex.promql;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.labels.Labels;
import org.jspecify.annotations.Nullable;

/**
 * An instant vector as columns: label sets and one sample each, all at the evaluation time, in the
 * order the query gives them. The arrays belong to the value and are not to be changed.
 */
public final class VectorValue implements Value {
  private final long timestampMillis;
  private final Labels[] labels;
  private final double[] values;
  private final FloatHistogram @Nullable [] histograms;

  /**
   * @param histograms null where all samples are floats; else null at the places of floats
   */
  public VectorValue(
      long timestampMillis,
      Labels[] labels,
      double[] values,
      FloatHistogram @Nullable [] histograms) {
    this.timestampMillis = timestampMillis;
    this.labels = labels;
    this.values = values;
    this.histograms = histograms;
  }

  @Override
  public String typeName() {
    return "vector";
  }

  public long timestampMillis() {
    return timestampMillis;
  }

  public int size() {
    return labels.length;
  }

  public Labels labels(int i) {
    return labels[i];
  }

  /** The float sample; meaningless where {@link #isHistogram}. */
  public double value(int i) {
    return values[i];
  }

  public boolean isHistogram(int i) {
    return histograms != null && histograms[i] != null;
  }

  /** The histogram sample; only where {@link #isHistogram}. */
  public FloatHistogram histogram(int i) {
    if (histograms == null || histograms[i] == null) {
      throw new IllegalStateException("BUG: sample " + i + " is a float");
    }
    return histograms[i];
  }
}
