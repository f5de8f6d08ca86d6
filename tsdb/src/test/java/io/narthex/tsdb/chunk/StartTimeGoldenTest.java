package io.narthex.tsdb.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.Histogram;
import io.narthex.model.value.StaleMarker;
import io.narthex.storage.SampleBuffer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Chunks that Prometheus 3.14 made of the samples below: a line each with encoding, shape of the
 * start times, number of samples, bytes.
 */
final class StartTimeGoldenTest {
  @TestFactory
  Stream<DynamicTest> encodesAndDecodesAsPrometheusDoes() throws IOException {
    return lines().stream()
        .map(
            line -> {
              String[] fields = line.split(" ");
              return dynamicTest(
                  fields[0] + " " + fields[1] + " " + fields[2],
                  () ->
                      check(
                          ChunkEncoding.valueOf(fields[0]),
                          fields[1],
                          Integer.parseInt(fields[2]),
                          fields[3]));
            });
  }

  private static void check(ChunkEncoding encoding, String shape, int n, String expected) {
    byte[] chunk = encode(encoding, shape, n);
    assertThat(HexFormat.of().formatHex(chunk)).isEqualTo(expected);
    SampleBuffer buffer = new SampleBuffer();
    ChunkDecoder.decode(encoding, chunk, 0, chunk.length, Long.MIN_VALUE, Long.MAX_VALUE, buffer);
    assertThat(buffer.size()).isEqualTo(n).isEqualTo(ChunkDecoder.count(encoding, chunk, 0));
    for (int i = 0; i < n; i++) {
      assertThat(buffer.timestamps[i]).isEqualTo(time(i));
      assertThat(buffer.startTimestamps == null ? 0 : buffer.startTimestamps[i])
          .isEqualTo(start(shape, i));
      double value = encoding == ChunkEncoding.XOR2 ? value(i) : histogram(i).sum();
      assertThat(Double.doubleToRawLongBits(buffer.values[i]))
          .isEqualTo(Double.doubleToRawLongBits(value));
    }
  }

  private static byte[] encode(ChunkEncoding encoding, String shape, int n) {
    Xor2Encoder floats = new Xor2Encoder();
    HistogramEncoder histograms = new HistogramEncoder(ChunkEncoding.HISTOGRAM_ST);
    FloatHistogramEncoder floatHistograms =
        new FloatHistogramEncoder(ChunkEncoding.FLOAT_HISTOGRAM_ST);
    for (int i = 0; i < n; i++) {
      floats.add(time(i), value(i), start(shape, i));
      histograms.add(time(i), histogram(i), start(shape, i));
      floatHistograms.add(time(i), histogram(i).toFloat(), start(shape, i));
    }
    return switch (encoding) {
      case XOR2 -> floats.chunk().toByteArray();
      case HISTOGRAM_ST -> histograms.chunk().toByteArray();
      case FLOAT_HISTOGRAM_ST -> floatHistograms.chunk().toByteArray();
      case NONE, XOR, HISTOGRAM, FLOAT_HISTOGRAM ->
          throw new IllegalArgumentException(encoding.name());
    };
  }

  private static long time(int i) {
    return 1_000_000 + 15_000L * i + (i % 4) * (i % 4) * (i % 7) * (i % 7) * 300L;
  }

  private static double value(int i) {
    if (i > 0 && (i % 5 == 0 || i % 5 == 4)) {
      return 17;
    }
    return i % 7 == 3 ? StaleMarker.VALUE : i * i % 11 + 0.25 * (i % 2);
  }

  private static long start(String shape, int i) {
    long early = 500_000;
    return switch (shape) {
      case "none" -> 0;
      case "same" -> early;
      case "from_second" -> i == 0 ? 0 : early;
      case "restart" -> i < 5 ? early : 1_060_007;
      case "delta" -> time(i) - 15_000 + i % 3;
      case "gone" -> i < 4 ? early : 0;
      default -> throw new IllegalArgumentException(shape);
    };
  }

  private static Histogram histogram(int i) {
    long first = 3L + i;
    long negative = 1 + 2L * i;
    return new Histogram(
        CounterResetHint.UNKNOWN,
        1,
        0.001,
        i,
        4 * first + 3 + negative + i,
        1.5 * i * i,
        new int[] {-2, 2, 3, 2},
        new long[] {first, 1, -1, 2},
        new int[] {1, 1},
        new long[] {negative},
        new double[0]);
  }

  private static List<String> lines() throws IOException {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                StartTimeGoldenTest.class.getResourceAsStream("start-time-chunks.txt"),
                StandardCharsets.UTF_8))) {
      return in.lines().toList();
    }
  }
}
