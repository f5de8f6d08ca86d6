package io.narthex.promql.function;

import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.HistogramSum;
import io.narthex.storage.SampleBuffer;
import org.jspecify.annotations.Nullable;

/** Rates, increases and differences of native histograms in one window. */
public final class HistogramRate {
  private final boolean counter;
  private final boolean perSecond;
  private final Notes notes;

  HistogramRate(boolean counter, boolean perSecond, Notes notes) {
    this.counter = counter;
    this.perSecond = perSecond;
    this.notes = notes;
  }

  /** Extrapolates as for floats; the window has at least one sample, all histograms. */
  void compute(Windows windows, int k, Column out) {
    SampleBuffer samples = windows.samples;
    int first = windows.low[k];
    int last = windows.high[k] - 1;
    boolean started = counter && StartTimes.startsWithin(samples, first, windows.start(k));
    if (first == last && !started) {
      return;
    }
    HistogramSum result =
        first == last
            ? HistogramSum.of(histogram(samples, first))
            : difference(samples, first, last);
    if (result == null || (started && first < last && !addFirst(samples, first, result))) {
      return;
    }
    long[] t = samples.timestamps;
    double toStart = (t[first] - windows.start(k)) / 1000.0;
    double toEnd = (windows.end(k) - t[last]) / 1000.0;
    double sampled = (t[last] - t[first]) / 1000.0;
    double average = first == last ? 0 : sampled / (last - first);
    double threshold = average * 1.1;
    if (toStart >= threshold) {
      toStart = average / 2;
    }
    double firstCount = histogram(samples, first).count();
    if (started) {
      toStart = 0;
      sampled = StartTimes.secondsSinceStart(samples, first, last);
    } else if (counter && result.count() > 0 && firstCount >= 0) {
      toStart = Math.min(toStart, sampled * (firstCount / result.count()));
    }
    if (toEnd >= threshold) {
      toEnd = average / 2;
    }
    double factor = sampled == 0 ? 1 : (sampled + toStart + toEnd) / sampled;
    if (perSecond) {
      factor /= RateKernel.seconds(windows.range());
    }
    out.set(k, result.multiply(factor).toHistogram());
  }

  /** A counter that began within the window counted its first sample up from zero. */
  private boolean addFirst(SampleBuffer samples, int first, HistogramSum result) {
    boolean known = result.reconciled();
    if (!result.add(histogram(samples, first))) {
      notes.mixedSchemas();
      return false;
    }
    if (result.reconciled() && !known) {
      notes.reconciledInAddition();
    }
    return true;
  }

  private static FloatHistogram histogram(SampleBuffer samples, int i) {
    FloatHistogram[] histograms = samples.histograms;
    if (histograms == null || histograms[i] == null) {
      throw new IllegalStateException("BUG: a float among histograms");
    }
    return histograms[i];
  }

  /** Last minus first, corrected for resets; null where the histograms do not fit together. */
  private @Nullable HistogramSum difference(SampleBuffer samples, int first, int last) {
    FloatHistogram before = histogram(samples, first);
    FloatHistogram end = histogram(samples, last);
    if (counter && (isGauge(before) || isGauge(end))) {
      notes.notCounter();
    }
    FloatHistogram second = histogram(samples, first + 1);
    boolean startsAnew =
        counter && (StartTimes.isReset(samples, first, first + 1) || second.isResetOf(before));
    // A first sample before a reset does not count, so its layout need not fit.
    FloatHistogram base = startsAnew ? HistogramSum.emptyLike(second).toHistogram() : before;
    boolean custom = base.usesCustomBuckets();
    if (end.usesCustomBuckets() != custom) {
      notes.mixedSchemas();
      return null;
    }
    int schema = Math.min(end.schema(), base.schema());
    for (int i = first + 1; counter && i < last; i++) {
      FloatHistogram h = histogram(samples, i);
      if (isGauge(h)) {
        notes.notCounter();
      }
      if (h.usesCustomBuckets() != custom) {
        notes.mixedSchemas();
        return null;
      }
      schema = Math.min(schema, h.schema());
    }
    HistogramSum result = HistogramSum.of(end);
    result.reduceTo(schema);
    result.subtract(base);
    if (result.reconciled()) {
      notes.reconciledInSubtraction();
    }
    if (!counter) {
      if (!isGauge(before) || !isGauge(end)) {
        notes.notGauge();
      }
    } else if (!addResets(samples, first, last, base, result)) {
      return null;
    }
    return result.counterResetHint(CounterResetHint.GAUGE);
  }

  private boolean addResets(
      SampleBuffer samples, int first, int last, FloatHistogram base, HistogramSum result) {
    FloatHistogram before = base;
    if (StartTimes.overlap(samples, first, last)) {
      notes.startTimeOverlap();
    }
    for (int i = first + 1; i <= last; i++) {
      FloatHistogram now = histogram(samples, i);
      if (StartTimes.isReset(samples, i - 1, i) || now.isResetOf(before)) {
        boolean known = result.reconciled();
        if (!result.add(before)) {
          notes.mixedSchemas();
          return false;
        }
        if (result.reconciled() && !known) {
          notes.reconciledInAddition();
        }
      }
      before = now;
    }
    return true;
  }

  static boolean isGauge(FloatHistogram histogram) {
    return histogram.counterResetHint() == CounterResetHint.GAUGE;
  }

  /** {@code irate} and {@code idelta} of two histograms. */
  static void instant(
      FloatHistogram before,
      FloatHistogram now,
      long intervalMillis,
      boolean rate,
      boolean startsAnew,
      Notes notes,
      Column out,
      int k) {
    if (rate && (isGauge(before) || isGauge(now))) {
      notes.notCounter();
    }
    if (!rate && (!isGauge(before) || !isGauge(now))) {
      notes.notGauge();
    }
    HistogramSum result = HistogramSum.of(now);
    if (!rate || (!startsAnew && !now.isResetOf(before))) {
      if (!result.subtract(before)) {
        notes.mixedSchemas();
        return;
      }
      if (result.reconciled()) {
        notes.reconciledInSubtraction();
      }
    }
    result.counterResetHint(CounterResetHint.GAUGE);
    if (rate) {
      result.divide(intervalMillis / 1000.0);
    }
    out.set(k, result.toHistogram());
  }

  /** The histogram between two others; null where they do not fit together. */
  public static @Nullable HistogramSum interpolated(
      FloatHistogram a, long ta, FloatHistogram b, long tb, long t, boolean counter, Notes notes) {
    if (t == ta) {
      return HistogramSum.of(a);
    }
    if (t == tb) {
      return HistogramSum.of(b);
    }
    double fraction = (double) (t - ta) / (double) (tb - ta);
    HistogramSum result = HistogramSum.of(b);
    if (counter && b.isResetOf(a)) {
      return result.multiply(fraction);
    }
    if (!result.subtract(a)) {
      notes.mixedSchemas();
      return null;
    }
    if (result.reconciled()) {
      notes.reconciledInSubtraction();
    }
    result.multiply(fraction);
    result.add(a);
    if (result.reconciled()) {
      notes.reconciledInAddition();
    }
    return result;
  }
}
