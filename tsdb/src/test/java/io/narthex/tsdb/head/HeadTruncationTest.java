package io.narthex.tsdb.head;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.client.MetricRegistry;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Matcher;
import io.narthex.storage.AppendResult;
import io.narthex.storage.Appender;
import io.narthex.storage.Querier;
import io.narthex.storage.SampleBuffer;
import io.narthex.storage.SelectHints;
import io.narthex.storage.SeriesSet;
import io.narthex.tsdb.chunk.ChunkEncoding;
import io.narthex.tsdb.chunk.HeadChunkFiles;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HeadTruncationTest {
  private static final long HOUR = 3_600_000;
  private static final long T0 = 1_700_000_000_000L / (2 * HOUR) * (2 * HOUR);

  @TempDir private Path folder;
  private Head head;

  @BeforeEach
  void open() {
    head =
        new Head(
            HeadOptions.DEFAULT,
            HeadChunkFiles.open(folder.resolve("chunks_head")),
            new HeadMetrics(new MetricRegistry()));
    head.files.visit((ref, chunk, mint, maxt, samples, encoding, ooo) -> {});
  }

  @AfterEach
  void close() {
    head.close();
  }

  private static Labels labels(int generation, int i) {
    return Labels.of(
        "__name__", "pod_metric", "pod", "pod-" + generation + "-" + i, "i", Integer.toString(i));
  }

  private void append(Labels labels, long t, double v) {
    try (Appender appender = head.appender()) {
      assertThat(appender.append(appender.series(labels), t, v)).isEqualTo(AppendResult.OK);
      appender.commit();
    }
  }

  private int samples(Labels labels, long mint, long maxt) {
    try (Querier querier = head.querier(mint, maxt)) {
      SeriesSet set =
          querier.select(
              SelectHints.range(mint, maxt), List.of(Matcher.equal("pod", labels.get("pod"))));
      SampleBuffer buffer = new SampleBuffer();
      if (set.size() == 0) {
        return 0;
      }
      assertThat(set.labels(0)).isEqualTo(labels);
      set.read(0, mint, maxt, buffer);
      return buffer.size();
    }
  }

  @Test
  void usesRowsAndStringsAgainWhenSeriesAreGone() throws Exception {
    int series = 3000;
    long rows = 0;
    long symbols = 0;
    for (int generation = 0; generation < 12; generation++) {
      long t = T0 + generation * HOUR;
      for (int i = 0; i < series; i++) {
        append(labels(generation, i), t, i);
      }
      assertThat(head.truncate(t, 1000)).isTrue();
      assertThat(head.counts().series()).isEqualTo(series);
      assertThat(samples(labels(generation, 17), t, t)).isEqualTo(1);
      assertThat(samples(labels(generation - 1, 17), T0, t)).isZero();
      if (generation == 3) {
        rows = head.table.limit();
        symbols = head.symbols.limit();
      }
    }
    assertThat(head.table.limit()).isLessThanOrEqualTo((int) rows);
    assertThat(head.symbols.limit()).isLessThanOrEqualTo((int) symbols);
    assertThat(head.slab.usedBytes()).isLessThan(series * 100L);
  }

  @Test
  void freesAllReferencesOfASeries() throws Exception {
    append(labels(0, 1), T0, 1);
    append(labels(0, 2), T0 + 3 * HOUR, 2);
    long first;
    long other;
    try (Appender appender = head.appender()) {
      first = appender.series(labels(0, 1));
      other = appender.series(labels(0, 2));
    }
    long second = 5_000_000;
    long third = (1L << 39) + 7;
    head.series.alias(second, head.refs.row(first));
    head.series.alias(third, head.refs.row(other));
    assertThat(head.truncate(T0 + 2 * HOUR, 1000)).isTrue();
    assertThat(head.refs.row(first)).isNegative();
    assertThat(head.refs.row(second)).isNegative();
    assertThat(head.refs.row(third)).isEqualTo(head.refs.row(other)).isNotNegative();
    assertThat(head.series.aliases()).isEqualTo(1);
  }

  @Test
  void keepsSampleOfSeriesTakenOutWhileItsAppenderIsOpen() throws Exception {
    Labels gone = labels(0, 1);
    append(gone, T0, 1);
    append(labels(0, 2), T0 + 3 * HOUR, 2);
    try (Appender late = head.appender()) {
      long ref = late.series(gone);
      assertThat(late.append(ref, T0 + 3 * HOUR, 3)).isEqualTo(AppendResult.OK);
      assertThat(head.truncate(T0 + 2 * HOUR, 1000)).isTrue();
      assertThat(head.counts().series()).isEqualTo(1);
      try (Appender other = head.appender()) {
        assertThat(other.append(ref, T0 + 3 * HOUR, 4)).isEqualTo(AppendResult.UNKNOWN_SERIES);
      }
      late.commit();
    }
    assertThat(head.counts().series()).isEqualTo(2);
    assertThat(samples(gone, T0, T0 + 4 * HOUR)).isEqualTo(1);
  }

  @Test
  void waitsForQueriesOfWhatItDrops() throws Exception {
    Labels labels = labels(0, 1);
    append(labels, T0, 1);
    append(labels, T0 + 3 * HOUR, 2);
    try (Querier old = head.querier(T0, T0 + HOUR);
        Querier young = head.querier(T0 + 2 * HOUR, T0 + 3 * HOUR)) {
      assertThat(head.truncate(T0 + 2 * HOUR, 50)).isFalse();
      SeriesSet set =
          old.select(SelectHints.range(T0, T0 + HOUR), List.of(Matcher.equal("i", "1")));
      SampleBuffer buffer = new SampleBuffer();
      set.read(0, T0, T0 + HOUR, buffer);
      assertThat(buffer.size()).isEqualTo(1);
      assertThat(young.labelNames(List.of(), 0)).contains("pod");
    }
    assertThat(head.truncate(T0 + 2 * HOUR, 50)).isTrue();
    assertThat(head.minTime()).isEqualTo(T0 + 3 * HOUR);
  }

  @Test
  void forgetsSeriesCreatedForNothing() throws Exception {
    append(labels(0, 1), T0, 1);
    try (Appender appender = head.appender()) {
      appender.series(labels(0, 2));
      appender.rollback();
    }
    for (int i = 1; i <= 3; i++) {
      append(labels(0, 1), T0 + i * 2 * HOUR, 1);
      head.truncate(T0 + i * 2 * HOUR, 1000);
    }
    assertThat(head.counts().series()).isEqualTo(1);
  }

  @Test
  void seesWhatIsCommittedWhileTruncationLooksForTheOldestSample() {
    append(labels(0, 0), T0, 1);
    append(labels(0, 1), T0 + 10 * HOUR, 1);
    head.times.raiseMin(T0 + 2 * HOUR);
    append(labels(0, 2), T0 + 10 * HOUR - HOUR / 2, 1);
    head.times.raiseOldest(T0 + 2 * HOUR, T0 + 10 * HOUR);
    assertThat(head.minTime()).isEqualTo(T0 + 10 * HOUR - HOUR / 2);
  }

  @Test
  void commitsAfterASeriesWasFreedThatWasNeverLogged() throws Exception {
    append(labels(0, 0), T0, 1);
    append(labels(0, 0), T0 + 4 * HOUR, 1);
    try (Appender appender = head.appender()) {
      assertThat(appender.series(labels(0, 1))).isPositive();
      assertThat(appender.series(labels(0, 3))).isPositive();
    }
    assertThat(head.truncate(T0 + HOUR, 1)).isTrue();
    head.times.raiseMin(T0 + HOUR);
    head.truncate(T0 + 5 * HOUR, 1);
    head.sweep();
    append(labels(0, 2), T0 + 6 * HOUR, 1);
    assertThat(samples(labels(0, 2), T0, T0 + 7 * HOUR)).isEqualTo(1);
  }

  @Test
  void keepsChunkFilesThatAreStartedWhileTruncationRuns() {
    int next = head.files.cutNewFile();
    byte[] chunk = new byte[1 << 20];
    for (int i = 0; i < 3; i++) {
      head.files.append(1, T0, T0, ChunkEncoding.XOR, false, chunk, 0, chunk.length);
      assertThat(head.files.cutNewFile()).isEqualTo(next + i + 1);
    }
    head.files.truncate(next);
    assertThat(folder.resolve("chunks_head"))
        .isDirectoryContaining("glob:**/" + "0".repeat(5) + next);
  }
}
