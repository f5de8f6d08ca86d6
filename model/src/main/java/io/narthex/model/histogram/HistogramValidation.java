package io.narthex.model.histogram;

import io.narthex.model.value.FloatStyle;
import io.narthex.model.value.GoFloat;
import java.util.Locale;
import java.util.Optional;

/** What a native histogram must be like to be stored, with Prometheus' words where it is not. */
public final class HistogramValidation {
  private HistogramValidation() {}

  /** What is wrong with a histogram; empty where nothing is. */
  public static Optional<String> problem(NativeHistogram h) {
    Optional<String> problem = h.usesCustomBuckets() ? customProblem(h) : exponentialProblem(h);
    if (problem.isPresent()) {
      return problem;
    }
    return switch (h) {
      case Histogram integers -> countProblem(integers);
      case FloatHistogram floats -> countProblem(floats);
    };
  }

  private static Optional<String> customProblem(NativeHistogram h) {
    Optional<String> bounds = boundsProblem(h);
    if (bounds.isPresent()) {
      return bounds.map(problem -> "custom buckets: " + problem);
    }
    boolean hasZeroCount =
        switch (h) {
          case Histogram integers -> integers.zeroCount() != 0;
          case FloatHistogram floats -> floats.zeroCount() != 0;
        };
    if (hasZeroCount) {
      return Optional.of("custom buckets: must have zero count of 0");
    }
    if (h.zeroThreshold() != 0) {
      return Optional.of("custom buckets: must have zero threshold of 0");
    }
    if (h.negativeSpans().length > 0) {
      return Optional.of("custom buckets: must not have negative spans");
    }
    if (h.buckets() > positiveBuckets(h)) {
      return Optional.of("custom buckets: must not have negative buckets");
    }
    return Optional.empty();
  }

  private static Optional<String> boundsProblem(NativeHistogram h) {
    double before = Double.NEGATIVE_INFINITY;
    double[] bounds = h.customValues();
    for (int i = 0; i < bounds.length; i++) {
      if (Double.isNaN(bounds[i])) {
        return Optional.of("histogram custom bounds must not be NaN");
      }
      if (i > 0 && bounds[i] <= before) {
        return Optional.of(
            "previous bound is "
                + fixed(before)
                + " and current is "
                + fixed(bounds[i])
                + ": histogram custom bounds must be in strictly increasing order");
      }
      before = bounds[i];
    }
    if (before == Double.POSITIVE_INFINITY) {
      return Optional.of(
          "last +Inf bound must not be explicitly defined: histogram custom bounds must be finite");
    }
    Optional<String> spans = spansProblem(h.positiveSpans(), 0, positiveBuckets(h));
    if (spans.isPresent()) {
      return spans;
    }
    long covered = 0;
    for (int i = 0; i < h.positiveSpans().length; i += 2) {
      covered += h.positiveSpans()[i] + (h.positiveSpans()[i + 1] & 0xFFFFFFFFL);
    }
    if (bounds.length + 1 < covered) {
      return Optional.of(
          "only "
              + bounds.length
              + " custom bounds defined which is insufficient to cover total span length of "
              + covered
              + ": histogram custom bounds are too few");
    }
    return Optional.empty();
  }

  private static Optional<String> exponentialProblem(NativeHistogram h) {
    if (h.schema() < HistogramSchema.MIN_EXPONENTIAL
        || h.schema() > HistogramSchema.MAX_EXPONENTIAL) {
      return Optional.of(
          "histogram has an invalid schema, which must be between -4 and 8 for exponential buckets,"
              + " or -53 for custom buckets, got schema "
              + h.schema());
    }
    Optional<String> positive = spansProblem(h.positiveSpans(), 1, positiveBuckets(h));
    if (positive.isPresent()) {
      return positive.map(problem -> "positive side: " + problem);
    }
    int negativeBuckets = h.buckets() - positiveBuckets(h);
    Optional<String> negative = spansProblem(h.negativeSpans(), 1, negativeBuckets);
    if (negative.isEmpty()) {
      negative =
          switch (h) {
            case Histogram integers -> bucketsProblem(integers.negativeDeltas());
            case FloatHistogram floats -> bucketsProblem(floats.negativeCounts());
          };
    }
    if (negative.isPresent()) {
      return negative.map(problem -> "negative side: " + problem);
    }
    if (h instanceof FloatHistogram floats && floats.zeroCount() < 0) {
      return Optional.of(
          "zero bucket has observation count of "
              + general(floats.zeroCount())
              + ": histogram has a bucket whose observation count is negative");
    }
    if (h.customValues().length > 0) {
      return Optional.of("histogram with exponential schema must not have custom bounds");
    }
    return Optional.empty();
  }

  /**
   * @param firstGap the first span whose offset is a gap, which cannot be negative
   */
  private static Optional<String> spansProblem(int[] spans, int firstGap, int buckets) {
    long needed = 0;
    for (int i = 0; i < spans.length; i += 2) {
      if (i / 2 >= firstGap && spans[i] < 0) {
        return Optional.of(
            "span number "
                + (i / 2 + 1)
                + " with offset "
                + spans[i]
                + ": histogram has a span whose offset is negative");
      }
      needed += spans[i + 1] & 0xFFFFFFFFL;
    }
    if (needed != buckets) {
      return Optional.of(
          "spans need "
              + needed
              + " buckets, have "
              + buckets
              + " buckets: histogram spans specify different number of buckets than provided");
    }
    return Optional.empty();
  }

  private static Optional<String> bucketsProblem(long[] deltas) {
    long count = 0;
    for (int i = 0; i < deltas.length; i++) {
      count += deltas[i];
      if (count < 0) {
        return Optional.of(negativeBucket(i, Long.toString(count)));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> bucketsProblem(double[] counts) {
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] < 0) {
        return Optional.of(negativeBucket(i, general(counts[i])));
      }
    }
    return Optional.empty();
  }

  private static String negativeBucket(int i, String count) {
    return "bucket number "
        + (i + 1)
        + " has observation count of "
        + count
        + ": histogram has a bucket whose observation count is negative";
  }

  private static Optional<String> countProblem(Histogram h) {
    Optional<String> positive = bucketsProblem(h.positiveDeltas());
    if (positive.isPresent()) {
      return positive.map(problem -> "positive side: " + problem);
    }
    long found = h.zeroCount() + sum(h.positiveDeltas()) + sum(h.negativeDeltas());
    boolean nan = Double.isNaN(h.sum());
    if (nan ? Long.compareUnsigned(found, h.count()) <= 0 : found == h.count()) {
      return Optional.empty();
    }
    return Optional.of(
        Long.toUnsignedString(found)
            + " observations found in buckets, but the Count field is "
            + Long.toUnsignedString(h.count())
            + (nan
                ? ": histogram's observation count should be at least the number of observations"
                    + " found in the buckets"
                : ": histogram's observation count should equal the number of observations found"
                    + " in the buckets (in absence of NaN)"));
  }

  private static Optional<String> countProblem(FloatHistogram h) {
    if (h.count() < 0) {
      return Optional.of(
          "observation count is  "
              + general(h.count())
              + ": histogram's observation count is negative");
    }
    return bucketsProblem(h.positiveCounts()).map(problem -> "positive side: " + problem);
  }

  private static long sum(long[] deltas) {
    long sum = 0;
    long count = 0;
    for (long delta : deltas) {
      count += delta;
      sum += count;
    }
    return sum;
  }

  private static int positiveBuckets(NativeHistogram h) {
    return switch (h) {
      case Histogram integers -> integers.positiveDeltas().length;
      case FloatHistogram floats -> floats.positiveCounts().length;
    };
  }

  private static String general(double value) {
    StringBuilder out = new StringBuilder();
    GoFloat.append(out, value, FloatStyle.GENERAL);
    return out.toString();
  }

  /** As Go prints {@code %f}. */
  private static String fixed(double value) {
    return Double.isInfinite(value)
        ? value > 0 ? "+Inf" : "-Inf"
        : String.format(Locale.ROOT, "%f", value);
  }
}
