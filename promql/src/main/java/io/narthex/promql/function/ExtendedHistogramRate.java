package io.narthex.promql.function;

import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.HistogramSum;
import org.jspecify.annotations.Nullable;

/** {@link ExtendedRate} of native histograms. */
final class ExtendedHistogramRate {
  private final boolean counter;
  private final boolean perSecond;
  private final boolean smoothed;
  private final Notes notes;

  ExtendedHistogramRate(boolean counter, boolean perSecond, boolean smoothed, Notes notes) {
    this.counter = counter;
    this.perSecond = perSecond;
    this.smoothed = smoothed;
    this.notes = notes;
  }

  /** The window has at least one sample, all histograms. */
  void compute(Windows windows, int k, Column out) {
    FloatHistogram[] h = windows.samples.histograms;
    long[] t = windows.samples.timestamps;
    long start = windows.start(k);
    long end = windows.end(k);
    int low = windows.low[k];
    int last = windows.high[k] - 1;
    int first = low;
    while (first < last && t[first] <= start) {
      first++;
    }
    first = Math.max(low, first - 1);
    if (smoothed) {
      int i = low;
      while (i < last && t[i] < end) {
        i++;
      }
      last = i;
    }
    if (h == null || t[last] <= start || (smoothed && t[first] > end)) {
      return;
    }
    if (!fitsTogether(h, first, last)) {
      return;
    }
    HistogramSum left =
        smoothed && t[first] < start ? between(h, t, first, start) : HistogramSum.of(h[first]);
    HistogramSum right =
        smoothed && last > low && t[last] > end
            ? between(h, t, last - 1, end)
            : HistogramSum.of(h[last]);
    if (left == null || right == null) {
      return;
    }
    FloatHistogram from = left.toHistogram();
    FloatHistogram to = right.toHistogram();
    if (!counter && (!HistogramRate.isGauge(from) || !HistogramRate.isGauge(to))) {
      notes.notGauge();
    }
    HistogramSum result = HistogramSum.of(to);
    result.subtract(from);
    if (result.reconciled()) {
      notes.reconciledInSubtraction();
    }
    boolean leftSpansReset =
        smoothed && t[first] < start && first < last && h[first + 1].isResetOf(h[first]);
    if (counter && !addResets(h, first, last, from, to, leftSpansReset, result)) {
      return;
    }
    if (perSecond) {
      result.divide(RateKernel.seconds(windows.range()));
    }
    out.set(k, result.counterResetHint(CounterResetHint.GAUGE).toHistogram());
  }

  private boolean fitsTogether(FloatHistogram[] h, int first, int last) {
    boolean custom = h[first].usesCustomBuckets();
    for (int i = first; i <= last; i++) {
      if (h[i].usesCustomBuckets() != custom) {
        notes.mixedSchemas();
        return false;
      }
      if (counter && HistogramRate.isGauge(h[i])) {
        notes.notCounter();
      }
    }
    return true;
  }

  private @Nullable HistogramSum between(FloatHistogram[] h, long[] t, int i, long time) {
    return HistogramRate.interpolated(h[i], t[i], h[i + 1], t[i + 1], time, counter, notes);
  }

  /** Adds what was lost at resets between the borders; false where histograms do not fit. */
  private boolean addResets(
      FloatHistogram[] h,
      int first,
      int last,
      FloatHistogram left,
      FloatHistogram right,
      boolean leftSpansReset,
      HistogramSum result) {
    int from = leftSpansReset ? first + 2 : first + 1;
    if (from > last) {
      return true;
    }
    FloatHistogram before = leftSpansReset ? h[first + 1] : left;
    HistogramSum correction = null;
    for (int i = from; i <= last; i++) {
      FloatHistogram now = i == last ? right : h[i];
      if (now.isResetOf(before)) {
        if (correction == null) {
          correction = HistogramSum.of(before);
        } else if (!add(correction, before)) {
          return false;
        }
      }
      before = now;
    }
    return correction == null || add(result, correction.toHistogram());
  }

  private boolean add(HistogramSum to, FloatHistogram histogram) {
    boolean known = to.reconciled();
    if (!to.add(histogram)) {
      notes.mixedSchemas();
      return false;
    }
    if (to.reconciled() && !known) {
      notes.reconciledInAddition();
    }
    return true;
  }
}
