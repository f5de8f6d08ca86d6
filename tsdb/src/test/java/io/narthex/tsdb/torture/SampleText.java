package io.narthex.tsdb.torture;

import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.value.StaleMarker;
import io.narthex.storage.SampleBuffer;
import java.util.Arrays;

/**
 * A sample's value as text that is equal where samples are: empty buckets, and what is known of
 * counter resets, depend on how samples are laid out in chunks and are left away.
 */
public final class SampleText {
  static final String STALE = "stale";

  private SampleText() {}

  public static String of(double value) {
    return StaleMarker.is(value)
        ? STALE
        : value + "/" + Long.toHexString(Double.doubleToRawLongBits(value));
  }

  static boolean isNumber(String text) {
    return text.indexOf('{') < 0 && !text.equals(STALE);
  }

  public static String of(FloatHistogram histogram, boolean integers) {
    if (StaleMarker.is(histogram.sum())) {
      return STALE;
    }
    StringBuilder text = new StringBuilder(integers ? "integers{" : "floats{");
    if (histogram.counterResetHint() == CounterResetHint.GAUGE) {
      text.append("gauge ");
    }
    text.append("schema ").append(histogram.schema());
    text.append(" zero ").append(histogram.zeroCount());
    text.append('/').append(histogram.zeroThreshold());
    text.append(" count ").append(histogram.count());
    text.append(" sum ").append(histogram.sum());
    buckets(text.append(" positive"), histogram.positiveSpans(), histogram.positiveCounts());
    buckets(text.append(" negative"), histogram.negativeSpans(), histogram.negativeCounts());
    if (histogram.usesCustomBuckets()) {
      text.append(" bounds ").append(Arrays.toString(histogram.customValues()));
    }
    return text.append('}').toString();
  }

  /** What a read has brought. */
  public static String of(SampleBuffer buffer, int i) {
    FloatHistogram histogram = buffer.hasHistograms() ? buffer.histograms[i] : null;
    return histogram == null ? of(buffer.values[i]) : of(histogram, buffer.hasIntegers(i));
  }

  private static void buckets(StringBuilder text, int[] spans, double[] counts) {
    int index = 0;
    int at = 0;
    for (int s = 0; s < spans.length; s += 2) {
      index += spans[s];
      for (int i = 0; i < spans[s + 1]; i++, index++, at++) {
        if (counts[at] != 0) {
          text.append(' ').append(index).append('=').append(counts[at]);
        }
      }
    }
  }
}
