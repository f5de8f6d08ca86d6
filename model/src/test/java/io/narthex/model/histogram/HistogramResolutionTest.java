package io.narthex.model.histogram;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

final class HistogramResolutionTest {
  private static final double[] NO_BOUNDS = new double[0];

  private static Histogram integers(int schema, int[] spans, long... deltas) {
    return new Histogram(
        CounterResetHint.NOT_RESET,
        schema,
        0.001,
        3,
        100,
        42.5,
        spans,
        deltas,
        new int[0],
        new long[0],
        NO_BOUNDS);
  }

  @Test
  void mergesPairsOfBucketsForEachDigitAndBringsNeighboursTogether() {
    // Buckets 1, 2, 3 and 6, 7 of schema 9 are 1, 1, 2 and 3, 4 of schema 8.
    Histogram h = integers(9, new int[] {1, 3, 2, 2}, 5, -1, 2, 1, 1);

    Histogram merged = HistogramResolution.bounded(h);

    assertThat(merged.schema()).isEqualTo(8);
    assertThat(merged.positiveSpans()).containsExactly(1, 4);
    assertThat(merged.positiveDeltas()).containsExactly(9, -3, 1, 1);
    assertThat(merged.counterResetHint()).isEqualTo(CounterResetHint.NOT_RESET);
    assertThat(merged.zeroCount()).isEqualTo(3);
    assertThat(merged.count()).isEqualTo(100);
    assertThat(merged.sum()).isEqualTo(42.5);
  }

  @Test
  void leavesWhatPrometheusComputesWithAsItIs() {
    for (int schema : new int[] {-53, -9, -4, 0, 8, 53}) {
      Histogram h = integers(schema, new int[] {1, 2}, 5, 1);
      assertThat(HistogramResolution.bounded(h)).isSameAs(h);
      FloatHistogram floats = h.toFloat();
      assertThat(HistogramResolution.bounded(floats)).isSameAs(floats);
    }
  }

  @Test
  void leavesWhatIsMalformedToTheValidation() {
    Histogram tooMany = integers(9, new int[] {0, -1}, 1, 2);
    assertThat(HistogramResolution.bounded(tooMany)).isSameAs(tooMany);
    Histogram backwards = integers(9, new int[] {0, 1, -5, 1}, 1, 2);
    assertThat(HistogramResolution.bounded(backwards)).isSameAs(backwards);
  }

  @RepeatedTest(200)
  void noObservationMovesToAnotherCoarseBucket(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    int schema = 9 + random.nextInt(44);
    List<Integer> spans = new ArrayList<>();
    TreeMap<Long, Long> wanted = new TreeMap<>();
    List<Long> counts = new ArrayList<>();
    long index = 0;
    for (int n = random.nextInt(5); n >= 0; n--) {
      int far = random.nextInt(1 << random.nextInt(28));
      int offset = spans.isEmpty() && random.nextBoolean() ? -far : far;
      int length = random.nextInt(6);
      spans.add(offset);
      spans.add(length);
      index += offset;
      for (int i = 0; i < length; i++) {
        long count = random.nextInt(50);
        counts.add(count);
        wanted.merge(coarse(index++, schema), count, Long::sum);
      }
    }
    long[] deltas = new long[counts.size()];
    for (int i = 0; i < deltas.length; i++) {
      deltas[i] = counts.get(i) - (i == 0 ? 0 : counts.get(i - 1));
    }
    int[] spanArray = spans.stream().mapToInt(i -> i).toArray();
    Histogram h = integers(schema, spanArray, deltas);

    Histogram merged = HistogramResolution.bounded(h);
    FloatHistogram mergedFloats = HistogramResolution.bounded(h.toFloat());

    assertThat(buckets(merged.toFloat())).as("schema %d: %s", schema, spans).isEqualTo(wanted);
    assertThat(HistogramEquality.same(mergedFloats, merged.toFloat())).isTrue();
    int[] mergedSpans = merged.positiveSpans();
    for (int i = 2; i < mergedSpans.length; i += 2) {
      assertThat(mergedSpans[i]).as("gap before a span").isPositive();
    }
  }

  /** The bucket of schema 8 whose bounds are around those of a finer bucket. */
  private static long coarse(long index, int schema) {
    return Math.ceilDiv(index, 1L << schema - 8);
  }

  private static TreeMap<Long, Long> buckets(FloatHistogram h) {
    TreeMap<Long, Long> buckets = new TreeMap<>();
    long index = 0;
    int at = 0;
    int[] spans = h.positiveSpans();
    for (int i = 0; i < spans.length; i += 2) {
      index += spans[i];
      for (int n = 0; n < spans[i + 1]; n++) {
        buckets.put(index++, (long) h.positiveCounts()[at++]);
      }
    }
    return buckets;
  }
}
