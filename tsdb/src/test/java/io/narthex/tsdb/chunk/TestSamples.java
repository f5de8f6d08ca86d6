package io.narthex.tsdb.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.model.value.StaleMarker;
import io.narthex.storage.SampleBuffer;
import java.util.Arrays;
import java.util.Random;

/** Floats with times and start times of all shapes. */
record TestSamples(long[] times, double[] values, long[] starts) {
  static TestSamples random(Random random, int n) {
    return new TestSamples(times(random, n), values(random, n), new long[n]).withStarts(random);
  }

  int size() {
    return times.length;
  }

  TestSamples withoutStarts() {
    return new TestSamples(times, values, new long[times.length]);
  }

  TestSamples withStarts(Random random) {
    int n = times.length;
    long[] starts = new long[n];
    int style = random.nextInt(7);
    long start = times[0] - random.nextInt(100_000);
    int change = random.nextInt(n);
    for (int i = 0; i < n; i++) {
      long before = i == 0 ? times[0] - 15_000 : times[i - 1];
      starts[i] =
          switch (style) {
            case 0 -> 0;
            case 1 -> start;
            case 2 -> i < change ? 0 : start;
            case 3 -> i < change ? start : times[change];
            case 4 -> before;
            case 5 -> before + random.nextInt(50) - 25;
            default -> random.nextInt(3) == 0 ? 0 : random.nextLong() >> random.nextInt(60);
          };
    }
    return new TestSamples(times, values, starts);
  }

  byte[] xor(XorEncoder encoder) {
    encoder.reset();
    for (int i = 0; i < times.length; i++) {
      encoder.add(times[i], values[i]);
    }
    return encoder.chunk().toByteArray();
  }

  byte[] xor2(Xor2Encoder encoder) {
    encoder.reset();
    for (int i = 0; i < times.length; i++) {
      encoder.add(times[i], values[i], starts[i]);
    }
    return encoder.chunk().toByteArray();
  }

  void assertRead(SampleBuffer buffer) {
    assertThat(Arrays.copyOf(buffer.timestamps, buffer.size())).isEqualTo(times);
    for (int i = 0; i < times.length; i++) {
      assertThat(Double.doubleToRawLongBits(buffer.values[i]))
          .as("value %d", i)
          .isEqualTo(Double.doubleToRawLongBits(values[i]));
      assertThat(buffer.startTimestamps == null ? 0 : buffer.startTimestamps[i])
          .as("start time %d", i)
          .isEqualTo(starts[i]);
    }
  }

  private static long[] times(Random random, int n) {
    long[] times = new long[n];
    long t = random.nextInt(4) == 0 ? random.nextLong() >> 3 : random.nextInt();
    int style = random.nextInt(4);
    for (int i = 0; i < n; i++) {
      times[i] = t;
      t +=
          switch (style) {
            case 0 -> 15_000;
            case 1 -> 15_000 + random.nextInt(20) - 10;
            case 2 -> 1 + (random.nextInt() & 0x7FFFFFFF >>> random.nextInt(31));
            default -> 1 + (random.nextLong() >>> (20 + random.nextInt(44)));
          };
    }
    return times;
  }

  private static double[] values(Random random, int n) {
    double[] values = new double[n];
    int style = random.nextInt(4);
    double v = random.nextInt(1000);
    for (int i = 0; i < n; i++) {
      values[i] =
          switch (style) {
            case 0 -> v;
            case 1 -> v += random.nextInt(10);
            case 2 -> random.nextDouble();
            default -> Double.longBitsToDouble(random.nextLong());
          };
      int odd = random.nextInt(60);
      values[i] = odd == 0 ? StaleMarker.VALUE : odd == 1 ? Double.NaN : values[i];
    }
    return values;
  }
}
