package io.narthex.web.json;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.HistogramSchema;
import java.io.IOException;

/**
 * Writes native histograms: count, sum and the buckets that are not empty, from the lowest to the
 * highest, each as {@code [rule, "lower", "upper", "count"]}. The rule says which bounds belong to
 * the bucket: 0 the upper, 1 the lower, 2 none, 3 both.
 */
final class HistogramJson {
  private static final int UPPER_INCLUSIVE = 0;
  private static final int LOWER_INCLUSIVE = 1;
  private static final int NONE_INCLUSIVE = 2;
  private static final int BOTH_INCLUSIVE = 3;

  private final JsonWriter json;
  private boolean bucketsOpen;

  HistogramJson(JsonWriter json) {
    this.json = json;
  }

  void write(FloatHistogram histogram) throws IOException {
    json.beginObject()
        .name("count")
        .sampleValue(histogram.count())
        .name("sum")
        .sampleValue(histogram.sum());
    bucketsOpen = false;
    negativeBuckets(histogram);
    if (histogram.zeroCount() > 0) {
      double threshold = histogram.zeroThreshold();
      bucket(BOTH_INCLUSIVE, -threshold, threshold, histogram.zeroCount());
    }
    positiveBuckets(histogram);
    if (bucketsOpen) {
      json.endArray();
    }
    json.endObject();
  }

  private void negativeBuckets(FloatHistogram h) throws IOException {
    int[] spans = h.negativeSpans();
    double[] counts = h.negativeCounts();
    int end = endIndex(spans);
    int next = counts.length - 1;
    for (int s = spans.length - 2; s >= 0; s -= 2) {
      for (int i = 0; i < spans[s + 1]; i++) {
        end--;
        negativeBucket(h, end, counts[next--]);
      }
      end -= spans[s];
    }
  }

  private void negativeBucket(FloatHistogram h, int index, double count) throws IOException {
    double lower = -HistogramSchema.upperBound(h.schema(), index, h.customValues());
    double upper = -HistogramSchema.upperBound(h.schema(), index - 1, h.customValues());
    if (upper < 0 && upper > -h.zeroThreshold()) {
      upper = -h.zeroThreshold();
    }
    bucket(LOWER_INCLUSIVE, lower, upper, count);
  }

  private void positiveBuckets(FloatHistogram h) throws IOException {
    int[] spans = h.positiveSpans();
    int index = 0;
    int next = 0;
    for (int s = 0; s < spans.length; s += 2) {
      index += spans[s];
      for (int i = 0; i < spans[s + 1]; i++) {
        positiveBucket(h, index, h.positiveCounts()[next++]);
        index++;
      }
    }
  }

  private void positiveBucket(FloatHistogram h, int index, double count) throws IOException {
    double upper = HistogramSchema.upperBound(h.schema(), index, h.customValues());
    double lower = HistogramSchema.upperBound(h.schema(), index - 1, h.customValues());
    if (lower > 0 && lower < h.zeroThreshold()) {
      lower = h.zeroThreshold();
    }
    if (h.usesCustomBuckets()) {
      bucket(index == 0 ? BOTH_INCLUSIVE : UPPER_INCLUSIVE, lower, upper, count);
    } else {
      bucket(upper > 0 ? UPPER_INCLUSIVE : NONE_INCLUSIVE, lower, upper, count);
    }
  }

  /** The index behind the last bucket of the last span. */
  private static int endIndex(int[] spans) {
    int end = 0;
    for (int part : spans) {
      end += part;
    }
    return end;
  }

  private void bucket(int rule, double lower, double upper, double count) throws IOException {
    if (count == 0) {
      return;
    }
    if (!bucketsOpen) {
      json.name("buckets").beginArray();
      bucketsOpen = true;
    }
    json.beginArray()
        .number(rule)
        .sampleValue(lower)
        .sampleValue(upper)
        .sampleValue(count)
        .endArray();
  }
}
