package io.narthex.bench;

import io.narthex.exposition.Entry;
import io.narthex.exposition.SpanPredictor;
import io.narthex.exposition.text.TextCursor;
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
 * Walks a page of 1,000 series of about 100 bytes each without a scrape cache; the figure is per
 * sample.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ExpositionBenchmark {
  static final int SERIES = 1000;

  private final TextCursor cursor = new TextCursor(SpanPredictor.NONE);
  private byte[] page;
  private int length;

  @Setup
  public void write() {
    byte[] text = page(SERIES).getBytes(StandardCharsets.UTF_8);
    length = text.length;
    page = java.util.Arrays.copyOf(text, length + 64);
  }

  static String page(int series) {
    Random random = new Random(7);
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < series; i++) {
      if (i % 50 == 0) {
        out.append("# HELP http_requests_")
            .append(i)
            .append("_total How many requests were answered.\n");
        out.append("# TYPE http_requests_").append(i).append("_total counter\n");
      }
      out.append("http_requests_").append(i / 50 * 50);
      out.append("_total{handler=\"/api/v1/items\",method=\"GET\",status=\"").append(200 + i % 50);
      out.append("\",service=\"checkout\",zone=\"eu-west-1a\"} ")
          .append(random.nextInt(10_000_000))
          .append('\n');
    }
    return out.toString();
  }

  @Benchmark
  @OperationsPerInvocation(SERIES)
  public double parse() {
    double sum = 0;
    cursor.reset(page, length);
    for (Entry entry = cursor.next(); entry != Entry.END; entry = cursor.next()) {
      if (entry == Entry.SERIES) {
        sum += cursor.value() + cursor.spanEnd() - cursor.spanStart();
      }
    }
    return sum;
  }
}
