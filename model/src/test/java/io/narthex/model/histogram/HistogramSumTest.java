package io.narthex.model.histogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class HistogramSumTest {
  private static final double[] NO_BOUNDS = {};

  private static FloatHistogram exponential(int schema, double zero, int first, double... counts) {
    double total = zero;
    for (double count : counts) {
      total += count;
    }
    return new FloatHistogram(
        CounterResetHint.UNKNOWN,
        schema,
        0.001,
        zero,
        total,
        total * 2,
        new int[] {first, counts.length},
        counts,
        new int[0],
        NO_BOUNDS,
        NO_BOUNDS);
  }

  private static FloatHistogram custom(double[] bounds, double... counts) {
    double total = 0;
    for (double count : counts) {
      total += count;
    }
    return new FloatHistogram(
        CounterResetHint.UNKNOWN,
        FloatHistogram.CUSTOM_BUCKETS_SCHEMA,
        0,
        0,
        total,
        total,
        new int[] {0, counts.length},
        counts,
        new int[0],
        NO_BOUNDS,
        bounds);
  }

  @Test
  void addsBucketByBucketAndLeavesOutEmptyOnes() {
    HistogramSum sum = HistogramSum.of(exponential(0, 1, 0, 1, 2, 3));
    assertThat(sum.add(exponential(0, 2, 2, 4, 0, 5))).isTrue();
    assertThat(sum.toHistogram())
        .hasToString("{count:18, sum:36, [-0.001,0.001]:3, (0.5,1]:1, (1,2]:2, (2,4]:7, (8,16]:5}");
  }

  @Test
  void bringsTheFinerHistogramToTheCoarserResolution() {
    HistogramSum sum = HistogramSum.of(exponential(1, 0, 1, 1, 2, 3, 4));
    sum.add(exponential(0, 0, 1, 10));
    assertThat(sum.toHistogram()).hasToString("{count:20, sum:40, (1,2]:13, (2,4]:7}");
  }

  @Test
  void widensTheZeroBucketToTheNextBoundWhereItCutsABucket() {
    FloatHistogram narrow = exponential(0, 1, -1, 1, 2, 3);
    FloatHistogram wide =
        new FloatHistogram(
            CounterResetHint.UNKNOWN,
            0,
            0.7,
            4,
            4,
            0,
            new int[0],
            NO_BOUNDS,
            new int[0],
            NO_BOUNDS,
            NO_BOUNDS);
    HistogramSum sum = HistogramSum.of(narrow);
    sum.add(wide);
    FloatHistogram result = sum.toHistogram();
    assertThat(result.zeroThreshold()).isEqualTo(1);
    assertThat(result.zeroCount()).isEqualTo(1 + 1 + 2 + 4);
    assertThat(result.positiveCounts()).containsExactly(3);
  }

  @Test
  void reducesCustomBoundsToThoseThatBothHave() {
    HistogramSum sum = HistogramSum.of(custom(new double[] {1, 2, 5}, 1, 2, 3, 4));
    assertThat(sum.add(custom(new double[] {2, 3, 5}, 10, 20, 30, 40))).isTrue();
    FloatHistogram result = sum.toHistogram();
    assertThat(result.customValues()).containsExactly(2, 5);
    assertThat(result.positiveCounts()).containsExactly(13, 53, 44);
    assertThat(sum.reconciled()).isTrue();
  }

  @Test
  void refusesToMixCustomAndExponentialBuckets() {
    HistogramSum sum = HistogramSum.of(exponential(0, 0, 0, 1));
    assertThat(sum.add(custom(new double[] {1}, 1))).isFalse();
    assertThat(sum.toHistogram().count()).isEqualTo(1);
  }

  @Test
  void knowsResets() {
    FloatHistogram before = exponential(0, 1, 0, 1, 2, 3);
    assertThat(exponential(0, 1, 0, 1, 2, 4).isResetOf(before)).isFalse();
    assertThat(exponential(0, 1, 0, 2, 1, 9).isResetOf(before)).isTrue();
    assertThat(exponential(0, 0, 0, 1, 2, 9).isResetOf(before)).isTrue();
    assertThat(exponential(0, 1, 1, 9, 9).isResetOf(before)).isTrue();
    assertThat(exponential(1, 9, 0, 9, 9, 9, 9, 9, 9).isResetOf(before)).isTrue();
    assertThat(exponential(-1, 1, 0, 1, 9).isResetOf(before)).isFalse();
    assertThat(
            before.withCounterResetHint(CounterResetHint.RESET).isResetOf(exponential(0, 0, 0, 0)))
        .isTrue();
  }

  @Test
  void tellsCollidingResets() {
    HistogramSum sum =
        HistogramSum.of(exponential(0, 0, 0, 1).withCounterResetHint(CounterResetHint.RESET));
    sum.add(exponential(0, 0, 0, 1).withCounterResetHint(CounterResetHint.NOT_RESET));
    assertThat(sum.resetCollision()).isTrue();
    assertThat(sum.toHistogram().counterResetHint()).isEqualTo(CounterResetHint.UNKNOWN);
  }

  @Test
  void keepsWhatRoundingTakesAway() {
    HistogramSum sum = HistogramSum.of(exponential(0, 0, 0, 1e100));
    sum.addCompensated(exponential(0, 0, 0, 1));
    sum.addCompensated(exponential(0, 0, 0, -1e100));
    assertThat(sum.toHistogram().positiveCounts()).containsExactly(1);
  }

  @Test
  void agreesWithMapsOnRandomHistograms() {
    Random random = new Random(42);
    for (int round = 0; round < 500; round++) {
      int schema = random.nextInt(4);
      Map<Integer, Double> model = new TreeMap<>();
      HistogramSum sum = null;
      for (int i = 0; i < 1 + random.nextInt(6); i++) {
        FloatHistogram histogram = random(random, schema, model);
        if (sum == null) {
          sum = HistogramSum.of(histogram);
        } else {
          sum.add(histogram);
        }
      }
      model.values().removeIf(count -> count == 0);
      if (sum == null) {
        throw new AssertionError();
      }
      BucketCounts found =
          BucketCounts.of(sum.toHistogram().positiveSpans(), sum.toHistogram().positiveCounts());
      assertThat(found.size).isEqualTo(model.size());
      int at = 0;
      for (Map.Entry<Integer, Double> bucket : model.entrySet()) {
        assertThat(found.index[at]).isEqualTo(bucket.getKey());
        assertThat(found.count[at]).isCloseTo(bucket.getValue(), within(1e-9));
        at++;
      }
    }
  }

  private static FloatHistogram random(Random random, int schema, Map<Integer, Double> model) {
    int spans = 1 + random.nextInt(4);
    int[] layout = new int[2 * spans];
    int total = 0;
    for (int s = 0; s < spans; s++) {
      layout[2 * s] = s == 0 ? random.nextInt(20) : random.nextInt(6);
      layout[2 * s + 1] = random.nextInt(5);
      total += layout[2 * s + 1];
    }
    double[] counts = new double[total];
    int index = 0;
    int n = 0;
    for (int s = 0; s < spans; s++) {
      index += layout[2 * s];
      for (int i = 0; i < layout[2 * s + 1]; i++) {
        counts[n] = random.nextInt(5);
        model.merge(index, counts[n], Double::sum);
        n++;
        index++;
      }
    }
    return new FloatHistogram(
        CounterResetHint.UNKNOWN,
        schema,
        0,
        0,
        0,
        0,
        layout,
        counts,
        new int[0],
        NO_BOUNDS,
        NO_BOUNDS);
  }
}
