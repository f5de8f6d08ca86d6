package io.narthex.promql.function;

import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.HistogramSum;
import org.jspecify.annotations.Nullable;

/**
 * Sum or mean of native histograms, one after the other. The mean is sum divided by count, or a
 * running mean from where the sum would overflow.
 */
public final class HistogramMean {
  private final boolean mean;
  private @Nullable HistogramSum sum;
  private int count;
  private boolean running;
  private boolean resetSeen;
  private boolean noResetSeen;
  private boolean reconciled;

  /**
   * @param mean whether to divide by the count at the end
   */
  public HistogramMean(boolean mean) {
    this.mean = mean;
  }

  /**
   * Adds one histogram.
   *
   * @return false where it has custom and those before exponential buckets, or the reverse; then
   *     the result is void
   */
  public boolean add(FloatHistogram histogram) {
    count++;
    resetSeen |= histogram.counterResetHint() == CounterResetHint.RESET;
    noResetSeen |= histogram.counterResetHint() == CounterResetHint.NOT_RESET;
    HistogramSum total = sum;
    if (total == null) {
      sum = HistogramSum.of(histogram);
      return true;
    }
    boolean fits = mean ? addToMean(total, histogram) : total.addCompensated(histogram);
    HistogramSum now = sum;
    reconciled |= now != null && now.reconciled();
    return fits;
  }

  private boolean addToMean(HistogramSum total, FloatHistogram histogram) {
    if (!running) {
      HistogramSum next = total.copy();
      if (!next.addCompensated(histogram)) {
        return false;
      }
      if (!next.overflows()) {
        sum = next;
        return true;
      }
      running = true;
      total.divide(count - 1);
    }
    double q = (count - 1.0) / count;
    return total.multiply(q).addCompensated(HistogramSum.of(histogram).divide(count));
  }

  /** The result; at least one histogram was added. */
  public FloatHistogram result() {
    HistogramSum total = sum;
    if (total == null) {
      throw new IllegalStateException("BUG: mean of nothing");
    }
    return mean && !running ? total.copy().divide(count).toHistogram() : total.toHistogram();
  }

  /** Whether histograms with and without a counter reset were added. */
  public boolean resetCollision() {
    return resetSeen && noResetSeen;
  }

  /** Whether custom bounds had to be reduced to common ones. */
  public boolean reconciled() {
    return reconciled;
  }
}
