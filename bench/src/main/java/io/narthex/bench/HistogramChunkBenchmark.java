package io.narthex.bench;

import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.Histogram;
import io.narthex.tsdb.chunk.CounterResetHeader;
import io.narthex.tsdb.chunk.HistogramEncoder;
import io.narthex.tsdb.chunk.HistogramFit;
import io.narthex.tsdb.chunk.HistogramReader;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Writes and reads a chunk of 120 histograms with 30 buckets, some of which grow from one to the
 * next; the figures are per histogram. Writing includes the question whether it fits.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HistogramChunkBenchmark {
  private static final int SAMPLES = 120;
  private static final int BUCKETS = 30;

  private final Histogram[] histograms = new Histogram[SAMPLES];
  private final HistogramEncoder encoder = new HistogramEncoder();
  private byte[] chunk = new byte[0];

  @Setup
  public void encode() {
    Random random = new Random(42);
    long[] counts = new long[BUCKETS];
    for (int i = 0; i < SAMPLES; i++) {
      for (int j = 0; j < 4; j++) {
        int bucket = (int) (BUCKETS / 2 + random.nextGaussian() * 4);
        counts[Math.clamp(bucket, 0, BUCKETS - 1)] += random.nextInt(20);
      }
      histograms[i] = histogram(counts);
    }
    append();
    chunk = encoder.chunk().toByteArray();
  }

  private static Histogram histogram(long[] counts) {
    long[] deltas = counts.clone();
    long count = 0;
    for (int i = BUCKETS - 1; i >= 0; i--) {
      count += counts[i];
      deltas[i] -= i > 0 ? counts[i - 1] : 0;
    }
    return new Histogram(
        CounterResetHint.UNKNOWN,
        3,
        0x1p-128,
        0,
        count,
        count * 0.37,
        new int[] {-10, BUCKETS},
        deltas,
        new int[0],
        new long[0],
        new double[0]);
  }

  @Benchmark
  @OperationsPerInvocation(SAMPLES)
  public int append() {
    encoder.start(CounterResetHeader.UNKNOWN);
    for (int i = 0; i < SAMPLES; i++) {
      if (i > 0 && encoder.fit(histograms[i]) != HistogramFit.APPENDS) {
        throw new IllegalStateException("BUG: histogram does not fit");
      }
      encoder.add(1_700_000_000_000L + i * 15_000L, histograms[i]);
    }
    return encoder.count();
  }

  @Benchmark
  @OperationsPerInvocation(SAMPLES)
  public double decode() {
    HistogramReader reader = new HistogramReader(chunk, 0, chunk.length);
    double sum = 0;
    while (reader.next()) {
      sum += reader.floatHistogram().count();
    }
    return sum;
  }
}
