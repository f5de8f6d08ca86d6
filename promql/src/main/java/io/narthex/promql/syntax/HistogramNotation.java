package io.narthex.promql.syntax;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.value.GoFloat;
import java.util.Arrays;
import java.util.Locale;

/** Writes histograms as test scripts do: {@code {{schema:1 count:3 buckets:[1 2]}}}. */
public final class HistogramNotation {
  private final StringBuilder out = new StringBuilder("{{");

  private HistogramNotation() {}

  /** Empty buckets at the ends are left out, those between buckets are written as 0. */
  public static String print(FloatHistogram histogram) {
    HistogramNotation notation = new HistogramNotation();
    notation.fields(histogram);
    return notation.out.append("}}").toString();
  }

  private void fields(FloatHistogram histogram) {
    if (histogram.schema() != 0) {
      key("schema").append(histogram.schema());
    }
    number("count", histogram.count());
    number("sum", histogram.sum());
    if (!histogram.usesCustomBuckets()) {
      number("z_bucket", histogram.zeroCount());
      number("z_bucket_w", histogram.zeroThreshold());
    } else {
      key("custom_values");
      list(histogram.customValues(), histogram.customValues().length);
    }
    switch (histogram.counterResetHint()) {
      case UNKNOWN -> {}
      case RESET, NOT_RESET, GAUGE ->
          key("counter_reset_hint")
              .append(histogram.counterResetHint().name().toLowerCase(Locale.ROOT));
    }
    buckets("buckets", "offset", histogram.positiveSpans(), histogram.positiveCounts());
    buckets("n_buckets", "n_offset", histogram.negativeSpans(), histogram.negativeCounts());
  }

  private StringBuilder key(String name) {
    if (out.length() > 2) {
      out.append(' ');
    }
    return out.append(name).append(':');
  }

  private void number(String name, double value) {
    if (value != 0) {
      key(name).append(GoFloat.shortest(value));
    }
  }

  private void buckets(String name, String offsetName, int[] spans, double[] counts) {
    int index = 0;
    int bucket = 0;
    int first = 0;
    double[] dense = new double[counts.length];
    int size = 0;
    for (int span = 0; span < spans.length; span += 2) {
      index += spans[span];
      for (int i = 0; i < spans[span + 1]; i++, index++, bucket++) {
        if (counts[bucket] == 0) {
          continue;
        }
        first = size == 0 ? index : first;
        size = index - first + 1;
        if (size > dense.length) {
          dense = Arrays.copyOf(dense, 2 * size);
        }
        dense[size - 1] = counts[bucket];
      }
    }
    if (size > 0) {
      if (first != 0) {
        key(offsetName).append(first);
      }
      key(name);
      list(dense, size);
    }
  }

  private void list(double[] values, int size) {
    out.append('[');
    for (int i = 0; i < size; i++) {
      out.append(i == 0 ? "" : " ").append(GoFloat.shortest(values[i]));
    }
    out.append(']');
  }
}
