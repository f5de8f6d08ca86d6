package io.narthex.model.histogram;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class HistogramValidationTest {
  private static Histogram integers(
      int schema, long count, int[] spans, long[] deltas, double sum) {
    return new Histogram(
        CounterResetHint.UNKNOWN,
        schema,
        0,
        1,
        count,
        sum,
        spans,
        deltas,
        new int[0],
        new long[0],
        new double[0]);
  }

  private static Histogram custom(int[] spans, long[] deltas, double... bounds) {
    return new Histogram(
        CounterResetHint.UNKNOWN, -53, 0, 0, 3, 1, spans, deltas, new int[0], new long[0], bounds);
  }

  private static String problem(NativeHistogram h) {
    return HistogramValidation.problem(h).orElse("");
  }

  @Test
  void wellFormedHistogramsAndStalenessMarkersAreFine() {
    int[] spans = {-3, 1, 2, 1};
    assertThat(problem(integers(3, 6, spans, new long[] {2, 1}, 1))).isEmpty();
    assertThat(problem(integers(3, 6, spans, new long[] {2, 1}, 1).toFloat())).isEmpty();
    assertThat(problem(integers(3, 9, spans, new long[] {2, 1}, Double.NaN))).isEmpty();
    assertThat(problem(custom(new int[] {0, 2}, new long[] {1, 1}, 0.5))).isEmpty();
    assertThat(problem(Histogram.STALE)).isEmpty();
    assertThat(problem(FloatHistogram.STALE)).isEmpty();
  }

  @Test
  void countsMustAddUp() {
    int[] spans = {0, 1};
    assertThat(problem(integers(0, 6, spans, new long[] {2}, 1)))
        .isEqualTo(
            "3 observations found in buckets, but the Count field is 6: histogram's observation"
                + " count should equal the number of observations found in the buckets (in absence"
                + " of NaN)");
    assertThat(problem(integers(0, 2, spans, new long[] {2}, Double.NaN)))
        .isEqualTo(
            "3 observations found in buckets, but the Count field is 2: histogram's observation"
                + " count should be at least the number of observations found in the buckets");
  }

  @Test
  void spansMustFitTheBuckets() {
    assertThat(problem(integers(0, 3, new int[] {0, 2}, new long[] {2}, 1)))
        .isEqualTo(
            "positive side: spans need 2 buckets, have 1 buckets: histogram spans specify different"
                + " number of buckets than provided");
    assertThat(problem(integers(0, 5, new int[] {0, 1, -1, 1}, new long[] {2, 0}, 1)))
        .isEqualTo(
            "positive side: span number 2 with offset -1: histogram has a span whose offset is"
                + " negative");
    assertThat(problem(integers(0, 5, new int[] {0, 1}, new long[] {-2}, 1)))
        .isEqualTo(
            "positive side: bucket number 1 has observation count of -2: histogram has a bucket"
                + " whose observation count is negative");
  }

  @Test
  void schemasAreLimited() {
    assertThat(problem(integers(9, 1, new int[0], new long[0], 1)))
        .isEqualTo(
            "histogram has an invalid schema, which must be between -4 and 8 for exponential"
                + " buckets, or -53 for custom buckets, got schema 9");
  }

  @Test
  void customBoundsMustAscendAndCoverTheSpans() {
    assertThat(problem(custom(new int[] {0, 1}, new long[] {3}, 1, 1)))
        .isEqualTo(
            "custom buckets: previous bound is 1.000000 and current is 1.000000: histogram custom"
                + " bounds must be in strictly increasing order");
    assertThat(problem(custom(new int[] {0, 1}, new long[] {3}, 1, Double.POSITIVE_INFINITY)))
        .isEqualTo(
            "custom buckets: last +Inf bound must not be explicitly defined: histogram custom"
                + " bounds must be finite");
    assertThat(problem(custom(new int[] {2, 1}, new long[] {3}, 1)))
        .isEqualTo(
            "custom buckets: only 1 custom bounds defined which is insufficient to cover total span"
                + " length of 3: histogram custom bounds are too few");
  }
}
