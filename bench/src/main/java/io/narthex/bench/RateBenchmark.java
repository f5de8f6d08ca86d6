package io.narthex.bench;

import io.narthex.client.MetricRegistry;
import io.narthex.model.labels.Labels;
import io.narthex.promql.Engine;
import io.narthex.promql.EngineOptions;
import io.narthex.promql.QueryOptions;
import io.narthex.promql.QueryResult;
import io.narthex.promqltest.MemoryStorage;
import io.narthex.storage.Appender;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A rate over 1,000 counters and 240 steps, samples and steps 15 seconds apart, as one query. The
 * samples are in memory, so that the engine alone is measured; it uses all cores.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RateBenchmark {
  private static final int SERIES = 1000;
  private static final int STEPS = 240;
  private static final int STEPS_BEFORE = 20;
  private static final long STEP_MILLIS = 15_000;
  private static final long START = 1_700_000_000_000L;

  private final MemoryStorage storage = new MemoryStorage();
  private Engine engine;

  @Setup
  public void fill() {
    engine = new Engine(EngineOptions.defaults(), new MetricRegistry());
    Random random = new Random(3);
    try (Appender appender = storage.appender()) {
      for (int i = 0; i < SERIES; i++) {
        long ref = appender.series(Labels.of("__name__", "x", "pod", "pod-" + i));
        double counter = 0;
        for (int step = -STEPS_BEFORE; step < STEPS; step++) {
          counter += random.nextInt(100);
          appender.append(ref, START + step * STEP_MILLIS, counter);
        }
      }
      appender.commit();
    }
  }

  @Benchmark
  public QueryResult rate() {
    return engine.range(
        storage,
        "rate(x[5m])",
        START,
        START + (STEPS - 1) * STEP_MILLIS,
        STEP_MILLIS,
        QueryOptions.defaults());
  }

  @Benchmark
  public QueryResult sumOfRate() {
    return engine.range(
        storage,
        "sum(rate(x[5m]))",
        START,
        START + (STEPS - 1) * STEP_MILLIS,
        STEP_MILLIS,
        QueryOptions.defaults());
  }

  @TearDown
  public void stop() {
    engine.close();
  }
}
