package io.narthex.bench;

import io.narthex.client.MetricRegistry;
import io.narthex.model.labels.Labels;
import io.narthex.storage.Appender;
import io.narthex.tsdb.Db;
import io.narthex.tsdb.DbOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Appends and commits one sample of each of 1,000 known series, 15 seconds after the last one: log
 * record, its write to the operating system, and the head. The figure is per sample.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class AppendBenchmark {
  private static final int SERIES = 1000;
  private static final long STEP_MILLIS = 15_000;

  private final long[] refs = new long[SERIES];
  private Path folder;
  private Db db;
  private long timestamp = 1_700_000_000_000L;
  private long count;

  @Setup
  public void open() throws IOException {
    folder = Files.createTempDirectory("narthex-bench");
    db = Db.open(DbOptions.of(folder), new MetricRegistry());
    db.ready().join();
    try (Appender appender = db.appender()) {
      for (int i = 0; i < SERIES; i++) {
        refs[i] =
            appender.series(
                Labels.of("__name__", "requests_total", "job", "bench", "pod", "pod-" + i));
      }
      appendAll(appender);
      appender.commit();
    }
  }

  private void appendAll(Appender appender) {
    timestamp += STEP_MILLIS;
    count++;
    for (int i = 0; i < SERIES; i++) {
      appender.append(refs[i], timestamp, count * (i % 7));
    }
  }

  @Benchmark
  @OperationsPerInvocation(SERIES)
  public long commit() {
    try (Appender appender = db.appender()) {
      appendAll(appender);
      appender.commit();
    }
    return count;
  }

  @TearDown
  public void delete() throws IOException {
    db.close();
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.delete(file);
      }
    }
  }
}
