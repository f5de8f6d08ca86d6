package io.narthex.bench;

import io.airlift.compress.v3.snappy.SnappyCompressor;
import io.narthex.client.MetricRegistry;
import io.narthex.remote.write.RemoteWriteReceiver;
import io.narthex.remote.write.WriteOutcome;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
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
 * Remote write 1.0 requests of one sample of each of 2,000 known series, into a storage that takes
 * everything: decompress, decode, find the series and append. The figure is per sample.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RemoteWriteBenchmark {
  private static final int SERIES = 2000;

  private final RemoteWriteReceiver receiver =
      new RemoteWriteReceiver(DiscardingAppender::new, new MetricRegistry(), false, false);
  private byte[] request;
  private int length;

  @Setup
  public void encode() {
    Random random = new Random(5);
    long now = System.currentTimeMillis();
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    for (int i = 0; i < SERIES; i++) {
      ByteArrayOutputStream series = new ByteArrayOutputStream();
      label(series, "__name__", "http_requests_total");
      label(series, "handler", "/api/v1/items");
      label(series, "instance", "10.0.0.1:8080");
      label(series, "job", "checkout");
      label(series, "pod", "checkout-" + i);
      label(series, "zone", "eu-west-1a");
      ByteArrayOutputStream sample = new ByteArrayOutputStream();
      sample.write(1 << 3 | 1);
      long bits = Double.doubleToRawLongBits(random.nextInt(10_000_000));
      for (int shift = 0; shift < 64; shift += 8) {
        sample.write((int) (bits >>> shift));
      }
      sample.write(2 << 3);
      varint(sample, now);
      nested(series, 2, sample.toByteArray());
      nested(message, 1, series.toByteArray());
    }
    SnappyCompressor compressor = SnappyCompressor.create();
    byte[] plain = message.toByteArray();
    request = new byte[compressor.maxCompressedLength(plain.length)];
    length = compressor.compress(plain, 0, plain.length, request, 0, request.length);
  }

  private static void label(ByteArrayOutputStream out, String name, String value) {
    ByteArrayOutputStream label = new ByteArrayOutputStream();
    nested(label, 1, name.getBytes(StandardCharsets.UTF_8));
    nested(label, 2, value.getBytes(StandardCharsets.UTF_8));
    nested(out, 1, label.toByteArray());
  }

  private static void nested(ByteArrayOutputStream out, int field, byte[] content) {
    out.write(field << 3 | 2);
    varint(out, content.length);
    out.writeBytes(content);
  }

  private static void varint(ByteArrayOutputStream out, long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  @Benchmark
  @OperationsPerInvocation(SERIES)
  public WriteOutcome receive() {
    WriteOutcome outcome = receiver.handle("application/x-protobuf", "snappy", request, length);
    if (!outcome.accepted()) {
      throw new IllegalStateException(outcome.toString());
    }
    return outcome;
  }
}
