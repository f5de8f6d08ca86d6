package io.narthex.bench;

import io.narthex.model.labels.Labels;
import io.narthex.promql.MatrixSeries;
import io.narthex.promql.MatrixValue;
import io.narthex.web.json.JsonWriter;
import io.narthex.web.json.ResultJsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Writes a matrix of 100 series and 240 samples as the query API does. The figure is per result;
 * its size is printed at the start.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class JsonResultBenchmark {
  private static final int SERIES = 100;
  private static final int STEPS = 240;

  private final byte[] buffer = new byte[64 << 10];
  private MatrixValue result;

  @Setup
  public void fill() throws IOException {
    Random random = new Random(9);
    List<MatrixSeries> series = new ArrayList<>();
    for (int i = 0; i < SERIES; i++) {
      long[] times = new long[STEPS];
      double[] values = new double[STEPS];
      for (int step = 0; step < STEPS; step++) {
        times[step] = 1_700_000_000_000L + step * 15_000L;
        values[step] = random.nextInt(10_000) / 300.0;
      }
      Labels labels = Labels.of("instance", "10.0.0.1:8080", "job", "checkout", "pod", "p-" + i);
      series.add(new MatrixSeries(labels, STEPS, times, values, null));
    }
    result = new MatrixValue(series);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writeTo(out);
    System.out.println("# bytes of a result: " + out.size());
  }

  private void writeTo(OutputStream out) throws IOException {
    JsonWriter json = new JsonWriter(out, buffer);
    new ResultJsonWriter(json).write(result, 0);
  }

  @Benchmark
  public void write() throws IOException {
    writeTo(OutputStream.nullOutputStream());
  }
}
