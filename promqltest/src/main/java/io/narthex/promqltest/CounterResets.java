package io.narthex.promqltest;

import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.value.StaleMarker;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a time series database says about resets between histograms that it stores one after the
 * other: "none" where the second continues the first, else that it does not know. Gauges stay
 * gauges.
 */
final class CounterResets {
  private CounterResets() {}

  /** The histogram as it is read back, behind another or none. */
  static FloatHistogram withHint(FloatHistogram histogram, @Nullable FloatHistogram before) {
    CounterResetHint hint =
        histogram.counterResetHint() == CounterResetHint.GAUGE
            ? CounterResetHint.GAUGE
            : before != null && continues(before, histogram)
                ? CounterResetHint.NOT_RESET
                : CounterResetHint.UNKNOWN;
    return new FloatHistogram(
        hint,
        histogram.schema(),
        histogram.zeroThreshold(),
        histogram.zeroCount(),
        histogram.count(),
        histogram.sum(),
        histogram.positiveSpans(),
        histogram.positiveCounts(),
        histogram.negativeSpans(),
        histogram.negativeCounts(),
        histogram.customValues());
  }

  private static boolean continues(FloatHistogram before, FloatHistogram next) {
    if (before.counterResetHint() == CounterResetHint.GAUGE
        || next.counterResetHint() == CounterResetHint.RESET) {
      return false;
    }
    if (StaleMarker.is(next.sum())) {
      return true;
    }
    return !StaleMarker.is(before.sum())
        && next.count() >= before.count()
        && next.schema() == before.schema()
        && next.zeroThreshold() == before.zeroThreshold()
        && Arrays.equals(next.customValues(), before.customValues())
        && next.zeroCount() >= before.zeroCount()
        && grows(
            before.positiveSpans(),
            before.positiveCounts(),
            next.positiveSpans(),
            next.positiveCounts())
        && grows(
            before.negativeSpans(),
            before.negativeCounts(),
            next.negativeSpans(),
            next.negativeCounts());
  }

  /** Whether each bucket has at least the count that it had. */
  private static boolean grows(
      int[] spansBefore, double[] countsBefore, int[] spans, double[] counts) {
    int index = 0;
    int bucket = 0;
    for (int span = 0; span < spansBefore.length; span += 2) {
      index += spansBefore[span];
      for (int i = 0; i < spansBefore[span + 1]; i++, index++, bucket++) {
        if (countsBefore[bucket] > count(spans, counts, index)) {
          return false;
        }
      }
    }
    return true;
  }

  private static double count(int[] spans, double[] counts, int wanted) {
    int index = 0;
    int bucket = 0;
    for (int span = 0; span < spans.length; span += 2) {
      index += spans[span];
      int length = spans[span + 1];
      if (wanted < index + length) {
        return wanted < index ? 0 : counts[bucket + wanted - index];
      }
      index += length;
      bucket += length;
    }
    return 0;
  }
}
