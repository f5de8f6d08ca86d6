package io.narthex.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SummaryTest {
  private static final long MINUTE = 60_000_000_000L;

  private long now = 1;
  private final double[] quantiles = {0.01, 0.05, 0.5, 0.9, 0.99};
  private final Summary summary = new Summary(quantiles, () -> now);

  private double[] current() {
    double[][] seen = new double[1][];
    summary.collect(
        new String[0],
        new MetricSink() {
          @Override
          public void family(String name, String help, MetricType type, String[] labelNames) {}

          @Override
          public void value(String[] labelValues, double value) {}

          @Override
          public void histogram(String[] labelValues, double[] bounds, long[] counts, double sum) {}

          @Override
          public void summary(
              String[] labelValues, double[] q, double[] values, long count, double sum) {
            seen[0] = values;
          }
        });
    return seen[0];
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void keepsEveryQuantileWithinItsRankError(long seed) {
    Random random = new Random(seed);
    int n = 20_000;
    double[] all = new double[n];
    for (int i = 0; i < n; i++) {
      all[i] = seed % 2 == 0 ? random.nextGaussian() : Math.exp(random.nextDouble() * 10);
      summary.observe(all[i]);
    }
    Arrays.sort(all);
    double[] got = current();
    for (int i = 0; i < quantiles.length; i++) {
      double q = quantiles[i];
      double allowed = Math.min(q, 1 - q) / 10 * 2;
      int rank = Arrays.binarySearch(all, got[i]);
      assertThat(rank).as("value is one of the observed").isNotNegative();
      assertThat((double) rank / n)
          .as("seed %d quantile %s", seed, q)
          .isBetween(q - allowed - 1e-3, q + allowed + 1e-3);
    }
  }

  @Test
  void keepsFewEntries() {
    QuantileStream stream = new QuantileStream(quantiles);
    Random random = new Random(7);
    double[] batch = new double[500];
    for (int i = 0; i < 400; i++) {
      for (int j = 0; j < batch.length; j++) {
        batch[j] = random.nextDouble();
      }
      Arrays.sort(batch);
      stream.insertSorted(batch, batch.length);
    }
    assertThat(stream.entries()).isLessThan(2_000);
  }

  @Test
  void singleObservationIsEveryQuantile() {
    summary.observe(42);
    assertThat(current()).containsOnly(42);
  }

  @Test
  void forgetsObservationsAfterTenMinutes() {
    summary.observe(1);
    now += 9 * MINUTE;
    summary.observe(5);
    assertThat(current()[2]).isIn(1.0, 5.0);
    now += 2 * MINUTE;
    assertThat(current()).containsOnly(5);
    now += 10 * MINUTE;
    assertThat(current()).containsOnly(Double.NaN);
    assertThat(summary.count()).isEqualTo(2);
    assertThat(summary.sum()).isEqualTo(6);
  }
}
