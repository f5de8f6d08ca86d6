package io.narthex.promql.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.model.value.StaleMarker;
import io.narthex.storage.SampleBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kernel against the plain way, to the last bit, on random series and random windows. */
final class RangeKernelsPropertyTest {
  private static final int SERIES = 400;
  private static final long SEED = 20261121;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rate",
        "increase",
        "delta",
        "irate",
        "idelta",
        "sum_over_time",
        "avg_over_time",
        "count_over_time",
        "present_over_time",
        "min_over_time",
        "max_over_time",
        "first_over_time",
        "last_over_time",
        "ts_of_first_over_time",
        "ts_of_last_over_time",
        "ts_of_max_over_time",
        "ts_of_min_over_time",
        "changes",
        "resets",
        "stdvar_over_time",
        "stddev_over_time",
        "quantile_over_time",
        "mad_over_time",
        "deriv",
        "predict_linear",
        "double_exponential_smoothing"
      })
  void agreesWithThePlainWay(String name) {
    Random random = new Random(SEED);
    Scratch scratch = new Scratch();
    for (int i = 0; i < SERIES; i++) {
      check(name, random, scratch, i);
    }
  }

  private static RangeKernel kernel(String name, double[] first, double[] second) {
    return name.equals("quantile_over_time")
        ? RangeKernels.quantile(first, _ -> {})
        : RangeKernels.of(name, first, second);
  }

  private static void check(String name, Random random, Scratch scratch, int series) {
    int steps = 1 + random.nextInt(40);
    long range = 1L + random.nextInt(60_000);
    long timeStep = 1L + random.nextInt(40_000);
    boolean fixed = random.nextInt(8) == 0;
    long time = random.nextInt(100_000);
    long offset = random.nextInt(20_000) - 10_000L;
    Windows windows =
        new Windows(steps, time, time - offset, timeStep, fixed ? 0 : timeStep, range);
    SampleBuffer samples = samples(random);
    SampleBuffer whole = copy(samples);
    double q = random.nextInt(20) == 0 ? Double.NaN : random.nextDouble() * 1.4 - 0.2;
    double trend = 0.1 + 0.8 * random.nextDouble();
    if (name.equals("double_exponential_smoothing")) {
      q = 0.1 + 0.8 * random.nextDouble();
    }
    double[] first = new double[steps];
    double[] second = new double[steps];
    Arrays.fill(first, q);
    Arrays.fill(second, trend);
    windows.load(samples);
    Column out = new Column(steps);
    kernel(name, first, second).floats(windows, out, scratch);
    Column parts = new Column(steps);
    Windows part = windows.copy();
    long most = random.nextInt(200);
    for (int k = 0; k < steps; ) {
      k = part.take(windows, k, most);
      kernel(name, first, second).floats(part, parts, scratch);
    }
    for (int k = 0; k < steps; k++) {
      assertThat(parts.has(k)).as("%s in parts at step %d", name, k).isEqualTo(out.has(k));
      assertThat(!out.has(k) || Double.compare(parts.values[k], out.values[k]) == 0)
          .as("%s of series %d in parts at step %d", name, series, k)
          .isTrue();
      double[] expected = naive(name, whole, windows, k, q, trend);
      assertThat(out.has(k))
          .as("%s of series %d at step %d", name, series, k)
          .isEqualTo(expected.length == 1);
      if (expected.length == 1) {
        assertThat(Double.compare(out.values[k], expected[0]))
            .as(
                "%s of series %d at step %d: %s, not %s",
                name, series, k, out.values[k], expected[0])
            .isZero();
      }
    }
  }

  private static double[] naive(
      String name, SampleBuffer all, Windows windows, int k, double q, double trend) {
    List<Integer> inside = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      long t = all.timestamps[i];
      if (t > windows.start(k) && t <= windows.end(k) && !StaleMarker.is(all.values[i])) {
        inside.add(i);
      }
    }
    long[] t = inside.stream().mapToLong(i -> all.timestamps[i]).toArray();
    double[] v = inside.stream().mapToDouble(i -> all.values[i]).toArray();
    return NaiveRange.value(
        name, t, v, windows.start(k), windows.end(k), windows.time(k), new double[] {q, trend});
  }

  /** Counters with resets, gauges, constant and extreme values; gaps, NaN and stale markers. */
  private static SampleBuffer samples(Random random) {
    SampleBuffer samples = new SampleBuffer(4);
    int kind = random.nextInt(4);
    int n = random.nextInt(120);
    long t = random.nextInt(30_000);
    double value = random.nextInt(100);
    for (int i = 0; i < n; i++) {
      t += 1L + random.nextInt(random.nextInt(10) == 0 ? 60_000 : 5_000);
      value =
          switch (kind) {
            case 0 -> random.nextInt(15) == 0 ? random.nextInt(3) : value + random.nextInt(9);
            case 1 -> random.nextGaussian() * 1e3;
            case 2 -> random.nextInt(3);
            default -> random.nextGaussian() * Math.pow(10, random.nextInt(600) - 292);
          };
      samples.add(t, odd(random, value));
    }
    return samples;
  }

  private static double odd(Random random, double value) {
    return switch (random.nextInt(40)) {
      case 0 -> Double.NaN;
      case 1 -> StaleMarker.VALUE;
      case 2 -> random.nextInt(4) == 0 ? Double.POSITIVE_INFINITY : value;
      case 3 -> random.nextInt(4) == 0 ? Double.NEGATIVE_INFINITY : value;
      default -> value;
    };
  }

  private static SampleBuffer copy(SampleBuffer samples) {
    SampleBuffer copy = new SampleBuffer(samples.size() + 1);
    for (int i = 0; i < samples.size(); i++) {
      copy.add(samples.timestamps[i], samples.values[i]);
    }
    return copy;
  }
}
