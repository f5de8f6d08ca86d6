package io.narthex.tsdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.client.MetricRegistry;
import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Matcher;
import io.narthex.model.value.StaleMarker;
import io.narthex.storage.AppendResult;
import io.narthex.storage.Appender;
import io.narthex.storage.Querier;
import io.narthex.storage.SampleBuffer;
import io.narthex.storage.SelectHints;
import io.narthex.storage.SeriesSet;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DbHistogramTest {
  private static final long BLOCK = 60_000;
  private static final long T0 = 1_700_000_000_000L / BLOCK * BLOCK;
  private static final Labels SERIES = Labels.of("__name__", "h");

  @TempDir private Path folder;

  private Db open() throws Exception {
    DbOptions options =
        DbOptions.of(folder)
            .withBlocks(BLOCK, 27 * BLOCK)
            .withRetention(0, 0)
            .withReload(3_600_000);
    Db db = Db.open(options, new MetricRegistry());
    db.ready().get();
    return db;
  }

  private static Histogram integers(int n) {
    return new Histogram(
        CounterResetHint.UNKNOWN,
        1,
        0.001,
        n,
        3L * n,
        1.5 * n,
        new int[] {0, 2},
        new long[] {n, 0},
        new int[0],
        new long[0],
        new double[0]);
  }

  private static FloatHistogram floats(int n) {
    return integers(n).toFloat();
  }

  /** One sample a second: floats, integer histograms, float histograms, again and again. */
  private static void fill(Db db, int from, int to) {
    for (int i = from; i < to; i++) {
      long t = T0 + i * 1000L;
      try (Appender appender = db.appender()) {
        long ref = appender.series(SERIES);
        AppendResult result =
            switch (i / 10 % 3) {
              case 0 -> appender.append(ref, t, (double) i);
              case 1 -> appender.append(ref, t, integers(i));
              default -> appender.append(ref, t, floats(i));
            };
        assertThat(result).isEqualTo(AppendResult.OK);
        appender.commit();
      }
    }
  }

  private static void check(Db db, int samples) {
    try (Querier querier = db.querier(T0, T0 + 1_000_000)) {
      SeriesSet set =
          querier.select(
              SelectHints.range(T0, T0 + 1_000_000), List.of(Matcher.equal("__name__", "h")));
      SampleBuffer buffer = new SampleBuffer();
      set.read(0, T0, T0 + 1_000_000, buffer);
      assertThat(buffer.size()).isEqualTo(samples);
      for (int i = 0; i < samples; i++) {
        assertThat(buffer.timestamps[i]).isEqualTo(T0 + i * 1000L);
        if (i / 10 % 3 == 0) {
          assertThat(buffer.values[i]).isEqualTo(i);
        } else {
          assertThat(buffer.histograms[i].count()).isEqualTo(3.0 * i);
          assertThat(buffer.histograms[i].positiveCounts()).containsExactly(i, i);
        }
      }
    }
  }

  @Test
  void keepsHistogramsThroughRestartAndCompaction() throws Exception {
    try (Db db = open()) {
      fill(db, 0, 200);
      check(db, 200);
    }
    try (Db db = open()) {
      check(db, 200);
      db.compact();
      assertThat(db.blockMetas()).isNotEmpty();
      check(db, 200);
      fill(db, 200, 300);
    }
    try (Db db = open()) {
      check(db, 300);
    }
  }

  @Test
  void endsHistogramSeriesWithStaleHistogram() throws Exception {
    try (Db db = open()) {
      try (Appender appender = db.appender()) {
        appender.append(appender.series(SERIES), T0, integers(1));
        appender.commit();
      }
      try (Appender appender = db.appender()) {
        appender.append(appender.series(SERIES), T0 + 1, StaleMarker.VALUE);
        appender.commit();
      }
      try (Querier querier = db.querier(T0, T0 + 1)) {
        SeriesSet set =
            querier.select(SelectHints.range(T0, T0 + 1), List.of(Matcher.equal("__name__", "h")));
        SampleBuffer buffer = new SampleBuffer();
        set.read(0, T0, T0 + 1, buffer);
        assertThat(StaleMarker.is(buffer.values[1])).isTrue();
        assertThat(buffer.histograms[1]).isNotNull();
      }
    }
  }

  @Test
  void refusesAnotherValueAtTheTimeOfAHistogram() throws Exception {
    try (Db db = open();
        Appender first = db.appender()) {
      long ref = first.series(SERIES);
      first.append(ref, T0, integers(1));
      first.commit();
      try (Appender second = db.appender()) {
        assertThat(second.append(ref, T0, integers(1))).isEqualTo(AppendResult.OK);
        assertThat(second.append(ref, T0, integers(2))).isEqualTo(AppendResult.DUPLICATE_TIMESTAMP);
        assertThat(second.append(ref, T0, 1.0)).isEqualTo(AppendResult.DUPLICATE_TIMESTAMP);
        assertThat(second.append(ref, T0 - 1, floats(1))).isEqualTo(AppendResult.OUT_OF_ORDER);
      }
    }
  }
}
