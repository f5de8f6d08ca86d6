package io.narthex.promql;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.labels.Labels;
import org.jspecify.annotations.Nullable;

/**
 * One series of a matrix as columns, ascending in time. Several series may share one array of
 * timestamps; none of the arrays is to be changed, and only the first {@link #size} entries count.
 */
public final class MatrixSeries {
  private final Labels labels;
  private final int size;
  private final long[] timestamps;
  private final double[] values;
  private final FloatHistogram @Nullable [] histograms;

  /**
   * @param histograms null where all samples are floats; else null at the places of floats
   */
  public MatrixSeries(
      Labels labels,
      int size,
      long[] timestamps,
      double[] values,
      FloatHistogram @Nullable [] histograms) {
    this.labels = labels;
    this.size = size;
    this.timestamps = timestamps;
    this.values = values;
    this.histograms = histograms;
  }

  public Labels labels() {
    return labels;
  }

  /** How many samples there are, floats and histograms. */
  public int size() {
    return size;
  }

  /** Milliseconds since the epoch. */
  public long timestampMillis(int i) {
    return timestamps[i];
  }

  /** The float sample; meaningless where {@link #isHistogram}. */
  public double value(int i) {
    return values[i];
  }

  /** Whether any sample is a histogram. */
  public boolean hasHistograms() {
    return histograms != null;
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
