package io.narthex.tsdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.model.value.StaleMarker;
import io.narthex.storage.Querier;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Series that have ended leave the head early, and nobody sees a difference. */
final class StaleSeriesCompactionTest {
  private static final long T0 = TestDatabase.T0;
  private static final String TRIGGERED =
      "prometheus_tsdb_stale_series_compactions_triggered_total";
  private static final double STALE = Double.longBitsToDouble(StaleMarker.BITS);

  @TempDir private Path folder;

  /** 30 series, of which 20 end in the middle of the second block range. */
  private static void fill(TestDatabase test) {
    for (int i = 0; i < 8; i++) {
      test.append(T0 + i * 10_000L, 0, 30, i);
    }
    test.append(T0 + 80_000, 0, 20, STALE);
    test.append(T0 + 80_000, 20, 30, 8);
  }

  private DbOptions options(double threshold) {
    return TestDatabase.options(folder).withStaleSeriesThreshold(threshold);
  }

  @Test
  void endedSeriesMoveToBlocksWhereTheyAreManyEnough() throws Exception {
    try (TestDatabase test = TestDatabase.open(options(0.6))) {
      fill(test);
      String before = test.read();
      test.db.compact();
      assertThat(test.metric("prometheus_tsdb_head_series")).isEqualTo(10);
      assertThat(test.metric("prometheus_tsdb_head_stale_series")).isZero();
      assertThat(test.metric(TRIGGERED)).isEqualTo(1);
      assertThat(test.metric("prometheus_tsdb_stale_series_compaction_duration_seconds"))
          .isEqualTo(1);
      assertThat(test.db.blockMetas())
          .hasSize(2)
          .allMatch(meta -> meta.contains("from-stale-series"));
      assertThat(test.db.headMinTime()).isEqualTo(T0);
      assertThat(test.read()).isEqualTo(before);
    }
  }

  @Test
  void fewerStaleSeriesThanTheThresholdStay() throws Exception {
    try (TestDatabase test = TestDatabase.open(options(0.7))) {
      fill(test);
      test.db.compact();
      assertThat(test.metric("prometheus_tsdb_head_series")).isEqualTo(30);
      assertThat(test.metric(TRIGGERED)).isZero();
      test.db.staleSeriesThreshold(0.5);
      test.db.compact();
      assertThat(test.metric("prometheus_tsdb_head_series")).isEqualTo(10);
    }
  }

  @Test
  void replayKnowsThatTheyHaveLeftAndLosesNothingOfTheOthers() throws Exception {
    String before;
    try (TestDatabase test = TestDatabase.open(options(0.5))) {
      fill(test);
      before = test.read();
      test.db.compact();
    }
    try (TestDatabase test = TestDatabase.open(options(0.5))) {
      assertThat(test.metric("prometheus_tsdb_head_series")).isEqualTo(10);
      assertThat(test.metric("prometheus_tsdb_head_stale_series")).isZero();
      assertThat(test.read()).isEqualTo(before);
    }
  }

  @Test
  void seriesThatComeBackAreNewOnesWithAllTheirSamples() throws Exception {
    String before;
    try (TestDatabase test = TestDatabase.open(options(0.5))) {
      fill(test);
      test.db.compact();
      test.append(T0 + 90_000, 5, 15, 42);
      before = test.read();
      assertThat(before.lines().filter(line -> line.endsWith("=42.0"))).hasSize(10);
    }
    try (TestDatabase test = TestDatabase.open(options(0.5))) {
      assertThat(test.read()).isEqualTo(before);
      for (int i = 10; i < 40; i++) {
        test.append(T0 + i * 10_000L, 20, 30, i);
      }
      String more = test.read();
      test.db.compact();
      assertThat(test.read()).isEqualTo(more);
    }
    try (TestDatabase test = TestDatabase.open(options(0.5))) {
      assertThat(test.read()).contains("=42.0");
    }
  }

  @Test
  void anAppenderThatKnowsAnEndedSeriesRevivesIt() throws Exception {
    try (TestDatabase test = TestDatabase.open(options(0.5))) {
      fill(test);
      try (var appender = test.db.appender()) {
        appender.append(appender.series(TestDatabase.labels(3)), T0 + 90_000, 7);
        test.db.compact();
        appender.commit();
      }
      assertThat(test.read()).contains("=7.0");
      assertThat(test.metric("prometheus_tsdb_head_series")).isEqualTo(11);
    }
  }

  @Test
  void anOpenQueryKeepsWhatItSees() throws Exception {
    try (TestDatabase test = TestDatabase.open(options(0.5))) {
      fill(test);
      String before = test.read();
      Thread compaction;
      try (Querier querier = test.db.querier(T0, T0 + 100_000)) {
        compaction =
            Thread.ofPlatform()
                .start(
                    () -> {
                      try {
                        test.db.compact();
                      } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                      }
                    });
        while (test.db.blockMetas().size() < 2) {
          Thread.sleep(5);
        }
        Thread.sleep(50);
        assertThat(
                NaiveDatabase.read(
                    querier,
                    T0,
                    T0 + 100_000,
                    List.of(io.narthex.model.labels.Matcher.equal("__name__", "up"))))
            .isEqualTo(before);
      }
      compaction.join();
      assertThat(test.metric("prometheus_tsdb_head_series")).isEqualTo(10);
      assertThat(test.read()).isEqualTo(before);
    }
  }

  @Test
  void blocksOfStaleSeriesDoNotMoveTheTimeThatTheLogIsReadFrom() throws Exception {
    try (TestDatabase test = TestDatabase.open(options(0.5))) {
      fill(test);
      test.db.compact();
    }
    try (TestDatabase test = TestDatabase.open(options(0.5))) {
      // Had it moved, the ten others would have lost what is before the end of those blocks.
      assertThat(test.read().lines().filter(line -> line.endsWith("=8.0"))).hasSize(10);
    }
  }

  @Test
  void randomEndsAndReturnsNeverShow() throws Exception {
    for (long seed = 1; seed <= 4; seed++) {
      Random random = new Random(seed);
      NaiveDatabase model = new NaiveDatabase();
      DbOptions options =
          TestDatabase.options(folder.resolve("random" + seed)).withStaleSeriesThreshold(0.2);
      TestDatabase test = TestDatabase.open(options);
      try {
        for (int step = 0; step < 120; step++) {
          long t = T0 + step * 3000L;
          int from = random.nextInt(40);
          int to = from + random.nextInt(10);
          double value = random.nextInt(3) == 0 ? STALE : step;
          test.append(t, from, to, value);
          for (int i = from; i < to; i++) {
            model.add(TestDatabase.labels(i), t, value);
          }
          if (random.nextInt(15) == 0) {
            test.db.compact();
          } else if (random.nextInt(25) == 0) {
            test.close();
            test = TestDatabase.open(options);
          } else {
            continue;
          }
          assertThat(test.read())
              .as("seed %d, step %d", seed, step)
              .isEqualTo(model.read(Long.MIN_VALUE / 2, Long.MAX_VALUE / 2, List.of()));
        }
      } finally {
        test.close();
      }
    }
  }
}
