package io.narthex.bench;

import io.narthex.storage.SampleBuffer;
import io.narthex.tsdb.chunk.XorDecoder;
import io.narthex.tsdb.chunk.XorEncoder;
import io.narthex.tsdb.encoding.ByteWriter;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Reads one full chunk of 120 samples; the figure is per sample. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class XorDecodeBenchmark {
  private static final int SAMPLES = 120;

  /**
   * A counter that grows by whole numbers, a gauge with all bits in use, a value that never moves.
   */
  @Param({"counter", "gauge", "constant"})
  public String shape;

  private final SampleBuffer buffer = new SampleBuffer();
  private byte[] chunk;

  @Setup
  public void encode() {
    Random random = new Random(42);
    XorEncoder encoder = new XorEncoder();
    double counter = 1e6;
    for (int i = 0; i < SAMPLES; i++) {
      counter += random.nextInt(100);
      double value =
          switch (shape) {
            case "counter" -> counter;
            case "gauge" -> random.nextGaussian();
            default -> 1;
          };
      encoder.add(1_700_000_000_000L + i * 15_000L + random.nextInt(3), value);
    }
    ByteWriter bytes = encoder.chunk();
    chunk = Arrays.copyOf(bytes.array(), bytes.length() + 64);
    chunkLength = bytes.length();
  }

  private int chunkLength;

  @Benchmark
  @OperationsPerInvocation(SAMPLES)
  public SampleBuffer decode() {
    buffer.clear();
    XorDecoder.decode(chunk, 0, chunkLength, Long.MIN_VALUE, Long.MAX_VALUE, buffer);
    return buffer;
  }
}
