package io.narthex.tsdb.head;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.client.MetricRegistry;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.MatchType;
import io.narthex.model.labels.Matcher;
import io.narthex.model.value.StaleMarker;
import io.narthex.storage.AppendResult;
import io.narthex.storage.Appender;
import io.narthex.storage.Querier;
import io.narthex.storage.SampleBuffer;
import io.narthex.storage.SelectHints;
import io.narthex.storage.SeriesSet;
import io.narthex.tsdb.chunk.HeadChunkFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HeadTest {
  private static final long T0 = 1_700_000_000_000L;

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

  private AppendResult append(Labels labels, long t, double v) {
    try (Appender appender = head.appender()) {
      AppendResult result = appender.append(appender.series(labels), t, v);
      appender.commit();
      return result;
    }
  }

  private List<String> read(long mint, long maxt, Matcher... matchers) {
    List<String> found = new ArrayList<>();
    try (Querier querier = head.querier(mint, maxt)) {
      SeriesSet set = querier.select(SelectHints.range(mint, maxt), List.of(matchers));
      SampleBuffer buffer = new SampleBuffer();
      for (int i = 0; i < set.size(); i++) {
        set.read(i, mint, maxt, buffer);
        StringBuilder line = new StringBuilder(set.labels(i).toString());
        for (int s = 0; s < buffer.size(); s++) {
          line.append(' ').append(buffer.timestamps[s] - T0).append('=').append(buffer.values[s]);
        }
        found.add(line.toString());
      }
    }
    return found;
  }

  @Test
  void listsTheValuesOfALabelInOrderAlsoWhenSeriesHaveComeSince() {
    append(Labels.of("__name__", "up", "job", "b"), T0, 1);
    append(Labels.of("__name__", "up", "job", "c"), T0, 1);
    assertThat(values("job", 0)).containsExactly("b", "c");
    append(Labels.of("__name__", "up", "job", "a"), T0, 1);
    append(Labels.of("__name__", "up", "job", "b", "more", "x"), T0, 1);
    assertThat(values("job", 0)).containsExactly("a", "b", "c");
    assertThat(values("job", 2)).containsExactly("a", "b");
    assertThat(values("other", 0)).isEmpty();
  }

  private List<String> values(String name, int limit) {
    try (Querier querier = head.querier(T0, T0 + 100)) {
      return querier.labelValues(name, List.of(), limit);
    }
  }

  @Test
  void readsBackWhatWasCommitted() {
    append(Labels.of("__name__", "up", "job", "b"), T0, 1);
    append(Labels.of("__name__", "up", "job", "a"), T0 + 1, 2);
    append(Labels.of("__name__", "up", "job", "b"), T0 + 15, 3);
    assertThat(read(T0, T0 + 100, Matcher.equal("__name__", "up")))
        .containsExactly(
            "{__name__=\"up\", job=\"a\"} 1=2.0", "{__name__=\"up\", job=\"b\"} 0=1.0 15=3.0");
    assertThat(read(T0 + 5, T0 + 100, Matcher.equal("__name__", "up")))
        .containsExactly("{__name__=\"up\", job=\"b\"} 15=3.0");
    assertThat(read(T0, T0 + 100, Matcher.of(MatchType.NOT_EQUAL, "job", "b")))
        .containsExactly("{__name__=\"up\", job=\"a\"} 1=2.0");
    assertThat(read(T0, T0 + 100, Matcher.of(MatchType.REGEX, "job", "a|b"))).hasSize(2);
    assertThat(read(T0, T0 + 100, Matcher.equal("zone", ""))).hasSize(2);
    assertThat(read(T0, T0 + 100, Matcher.of(MatchType.NOT_REGEX, "job", ".*"))).isEmpty();
  }

  @Test
  void judgesSamplesAsPrometheusDoes() {
    Labels up = Labels.of("__name__", "up");
    assertThat(append(up, T0, 1)).isEqualTo(AppendResult.OK);
    assertThat(append(up, T0, 1)).isEqualTo(AppendResult.OK);
    assertThat(append(up, T0, 2)).isEqualTo(AppendResult.DUPLICATE_TIMESTAMP);
    assertThat(append(up, T0 - 1, 2)).isEqualTo(AppendResult.OUT_OF_ORDER);
    assertThat(append(up, T0 - 3_600_001, 2)).isEqualTo(AppendResult.OUT_OF_BOUNDS);
    assertThat(append(Labels.of("__name__", "other"), T0 - 3_600_000, 2))
        .isEqualTo(AppendResult.OK);
    try (Appender appender = head.appender()) {
      assertThat(appender.append(4711, T0, 1)).isEqualTo(AppendResult.UNKNOWN_SERIES);
    }
    assertThat(read(T0 - 10_000_000, T0, Matcher.equal("__name__", "up")))
        .containsExactly("{__name__=\"up\"} 0=1.0");
  }

  @Test
  void cutsChunksAndReadsAcrossThem() {
    Labels up = Labels.of("__name__", "up");
    StringBuilder expected = new StringBuilder("{__name__=\"up\"}");
    try (Appender appender = head.appender()) {
      long ref = appender.series(up);
      for (int i = 0; i < 1000; i++) {
        double value = i % 7 == 0 ? Math.sqrt(i) : i;
        appender.append(ref, T0 + i * 15_000L, value);
        expected.append(' ').append(i * 15_000L).append('=').append(value);
      }
      appender.commit();
    }
    assertThat(read(T0, T0 + 15_000_000, Matcher.equal("__name__", "up")))
        .containsExactly(expected.toString());
    assertThat(head.counts().chunks()).isBetween(8L, 12L);
  }

  @Test
  void rollsBackWithoutTrace() {
    try (Appender appender = head.appender()) {
      appender.append(appender.series(Labels.of("a", "b")), T0, 1);
      appender.rollback();
    }
    assertThat(read(T0 - 10, T0 + 10, Matcher.equal("a", "b"))).isEmpty();
  }

  @Test
  void countsStaleSeries() {
    Labels up = Labels.of("__name__", "up");
    append(up, T0, StaleMarker.VALUE);
    assertThat(head.counts().staleSeries()).isEqualTo(1);
    append(up, T0 + 1, 1);
    assertThat(head.counts().staleSeries()).isZero();
  }

  @Test
  void hidesWhatIsCommittedAfterTheQuerierWasOpened() {
    Labels up = Labels.of("__name__", "up");
    Matcher name = Matcher.equal("__name__", "up");
    append(up, T0, 1);
    try (Querier querier = head.querier(T0, T0 + 10_000_000)) {
      for (int i = 1; i < 500; i++) {
        append(up, T0 + i * 15_000L, i);
      }
      SeriesSet set = querier.select(SelectHints.range(T0, T0 + 10_000_000), List.of(name));
      SampleBuffer buffer = new SampleBuffer();
      set.read(0, T0, T0 + 10_000_000, buffer);
      assertThat(buffer.size()).isEqualTo(1);
    }
    assertThat(read(T0, T0 + 10_000_000, name).getFirst().split(" ")).hasSize(501);
  }

  /** Every batch adds one sample to each of many series: a reader sees the same number in each. */
  @Test
  void showsBatchesWholeWhileTheyAreCommitted() throws InterruptedException {
    int series = 300;
    AtomicBoolean stop = new AtomicBoolean();
    AtomicReference<String> wrong = new AtomicReference<>("");
    Thread writer =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    for (int batch = 0; batch < 2000 && wrong.get().isEmpty(); batch++) {
                      try (Appender appender = head.appender()) {
                        for (int i = 0; i < series; i++) {
                          Labels labels = Labels.of("__name__", "x", "i", Integer.toString(i));
                          appender.append(appender.series(labels), T0 + batch * 1000L, batch);
                        }
                        appender.commit();
                      }
                    }
                  } catch (RuntimeException e) {
                    wrong.set(e.toString());
                  } finally {
                    stop.set(true);
                  }
                });
    SampleBuffer buffer = new SampleBuffer();
    long to = T0 + 10_000_000;
    int views = 0;
    while (!stop.get() && wrong.get().isEmpty()) {
      try (Querier querier = head.querier(T0, to)) {
        SeriesSet set =
            querier.select(SelectHints.range(T0, to), List.of(Matcher.equal("__name__", "x")));
        int samples = -1;
        for (int i = 0; i < set.size(); i++) {
          set.read(i, T0, to, buffer);
          if (samples >= 0 && buffer.size() != samples) {
            wrong.set(samples + " samples and " + buffer.size() + " in the same view");
          }
          samples = buffer.size();
          for (int s = 0; s < samples; s++) {
            if (buffer.timestamps[s] != T0 + s * 1000L || buffer.values[s] != s) {
              wrong.set("sample " + s + " is " + buffer.timestamps[s] + " " + buffer.values[s]);
            }
          }
        }
        views++;
      }
    }
    writer.join();
    assertThat(wrong.get()).isEmpty();
    assertThat(views).isGreaterThan(3);
  }
}
