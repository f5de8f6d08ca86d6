package io.narthex.tsdb.head;

import static io.narthex.tsdb.head.HeadProcess.labels;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.Histogram;
import io.narthex.model.labels.Matcher;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Samples out of order that come while the log is still being read. */
final class LateDuringReplayTest {
  private static final long T0 = HeadProcess.T0;
  private static final long WINDOW = 10_000_000;

  @TempDir private Path folder;
  private final List<HeadProcess> processes = new ArrayList<>();

  private HeadProcess start() {
    HeadProcess process = new HeadProcess(folder, WINDOW);
    processes.add(process);
    return process;
  }

  @AfterEach
  void close() {
    processes.forEach(HeadProcess::close);
  }

  private static Histogram histogram(int count) {
    return new Histogram(
        CounterResetHint.UNKNOWN,
        0,
        0.001,
        0,
        count,
        count,
        new int[] {0, 1},
        new long[] {count},
        new int[0],
        new long[0],
        new double[0]);
  }

  @Test
  void goBetweenTheSamplesOfTheLog() {
    HeadProcess first = start();
    first.replay.run();
    first.append(labels(1), T0 + 10, 10);
    first.append(labels(2), T0 + 10, histogram(10));
    HeadProcess second = start();
    second.append(labels(1), T0 + 5, 5);
    second.append(labels(2), T0 + 5, histogram(5));
    second.replay.run();
    Map<String, String> wanted = Map.of("1", "5=5.0 10=10.0 ", "2", "5=h5.0 10=h10.0 ");
    assertThat(second.read()).isEqualTo(wanted);
    HeadProcess third = start();
    third.replay.run();
    assertThat(third.read()).isEqualTo(wanted);
  }

  @Test
  void surviveACrashBeforeTheReplayIsOver() {
    HeadProcess first = start();
    first.replay.run();
    first.append(labels(1), T0 + 10, 10);
    first.append(labels(2), T0 + 10, histogram(10));
    HeadProcess crashed = start();
    crashed.append(labels(1), T0 + 5, 5);
    crashed.append(labels(2), T0 + 5, histogram(5));
    HeadProcess next = start();
    next.replay.run();
    assertThat(next.read()).isEqualTo(Map.of("1", "5=5.0 10=10.0 ", "2", "5=h5.0 10=h10.0 "));
  }

  @Test
  void surviveACrashWhereTheyAreLateAmongThoseOfTheReplayOnly() {
    long now = System.currentTimeMillis() + 60_000;
    HeadProcess first = start();
    first.replay.run();
    first.append(labels(1), now, 0);
    HeadProcess crashed = start();
    crashed.append(labels(1), now + 20, 20);
    crashed.append(labels(1), now + 10, 10);
    crashed.append(labels(2), now + 20, histogram(20));
    crashed.append(labels(2), now + 10, histogram(10));
    HeadProcess next = start();
    next.replay.run();
    assertThat(next.read(now))
        .isEqualTo(Map.of("1", "0=0.0 10=10.0 20=20.0 ", "2", "10=h10.0 20=h20.0 "));
  }

  @Test
  void afterTheDeletionOfTheirTimeAreKeptByTheNextStarts() {
    HeadProcess first = start();
    first.replay.run();
    for (int t = 0; t <= 100; t += 10) {
      first.append(labels(1), T0 + t, t);
    }
    first.head.delete(T0 + 20, T0 + 80, List.of(Matcher.equal("i", "1")));
    first.append(labels(1), T0 + 55, 55);
    String wanted = "0=0.0 10=10.0 55=55.0 90=90.0 100=100.0 ";
    assertThat(first.read()).isEqualTo(Map.of("1", wanted));
    HeadProcess second = start();
    second.append(labels(1), T0 + 60, 61);
    second.replay.run();
    Map<String, String> more = Map.of("1", wanted.replace("90=", "60=61.0 90="));
    assertThat(second.read()).isEqualTo(more);
    HeadProcess third = start();
    third.replay.run();
    assertThat(third.read()).isEqualTo(more);
  }

  @Test
  void areKeptThroughAnyNumberOfCrashes() {
    long seed = Long.getLong("narthex.seed", System.nanoTime());
    Random random = new Random(seed);
    long now = System.currentTimeMillis();
    Map<String, TreeMap<Long, String>> model = new TreeMap<>();
    for (int process = 0; process < 40; process++) {
      HeadProcess running = start();
      int batches = random.nextInt(60);
      int replayAt = random.nextInt(3) == 0 ? random.nextInt(batches + 1) : -1;
      for (int batch = 0; batch <= batches; batch++) {
        if (batch == replayAt) {
          running.replay.run();
        }
        append(running, now + process * 20L + random.nextInt(100_000) - 50_000, random, model, now);
      }
      if (replayAt >= 0) {
        assertSame(running.read(now), model, "seed " + seed + ", process " + process);
      }
    }
    HeadProcess last = start();
    last.replay.run();
    assertSame(last.read(now), model, "seed " + seed);
  }

  /** What is sent twice to a series at a time is the same. */
  private static void append(
      HeadProcess to, long t, Random random, Map<String, TreeMap<Long, String>> model, long now) {
    int i = random.nextInt(6);
    TreeMap<Long, String> samples = model.computeIfAbsent(i + "", k -> new TreeMap<>());
    if (samples.containsKey(t - now)) {
      return;
    }
    int value = 1 + random.nextInt(100);
    if (i % 2 == 0) {
      to.append(labels(i), t, value);
      samples.put(t - now, "" + (double) value);
    } else {
      to.append(labels(i), t, histogram(value));
      samples.put(t - now, "h" + (double) value);
    }
  }

  /** Says only what differs, as all of it is too much to read. */
  private static void assertSame(
      Map<String, String> actual, Map<String, TreeMap<Long, String>> model, String where) {
    Set<String> missing = new TreeSet<>();
    model.forEach((i, samples) -> samples.forEach((t, v) -> missing.add(i + ": " + t + "=" + v)));
    Set<String> additional = new TreeSet<>();
    actual.forEach(
        (i, line) -> {
          for (String sample : line.trim().split(" ")) {
            if (!missing.remove(i + ": " + sample)) {
              additional.add(i + ": " + sample);
            }
          }
        });
    assertThat(missing).as(where + ": missing").isEmpty();
    assertThat(additional).as(where + ": additional").isEmpty();
  }
}
