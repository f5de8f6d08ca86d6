package io.narthex.tsdb.head;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.client.MetricRegistry;
import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Matcher;
import io.narthex.storage.AppendResult;
import io.narthex.storage.Appender;
import io.narthex.storage.Querier;
import io.narthex.storage.SampleBuffer;
import io.narthex.storage.SelectHints;
import io.narthex.storage.SeriesSet;
import io.narthex.tsdb.chunk.ChunkEncoding;
import io.narthex.tsdb.chunk.ChunkFormat;
import io.narthex.tsdb.chunk.HeadChunkFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In which chunks samples end up, and what becomes of their start times. */
final class SampleFormatTest {
  private static final long T0 = 1_700_000_000_000L;
  private static final Labels UP = Labels.of("__name__", "up");
  private static final SampleFormat STARTS = new SampleFormat(ChunkFormat.STARTS, true);

  @TempDir private Path folder;

  private Head head(SampleFormat format, boolean zeroSamples) {
    Head head =
        new Head(
            new HeadOptions(7_200_000L, 120, format, zeroSamples),
            HeadChunkFiles.open(folder.resolve("chunks_head")),
            new HeadMetrics(new MetricRegistry()));
    head.files.visit((ref, chunk, mint, maxt, samples, encoding, ooo) -> {});
    return head;
  }

  private static AppendResult append(Head head, long t, double value, long start) {
    try (Appender appender = head.appender()) {
      AppendResult result = appender.append(appender.series(UP), t, value, start);
      appender.commit();
      return result;
    }
  }

  /** Encodings of the head's chunks, oldest first. */
  private static List<ChunkEncoding> encodings(Head head) {
    List<ChunkEncoding> found = new ArrayList<>();
    head.slice(0, Long.MAX_VALUE)
        .visit(
            new HeadSlice.Visitor() {
              @Override
              public void series(Labels labels) {}

              @Override
              public void chunk(
                  long mint, long maxt, ChunkEncoding encoding, byte[] data, int from, int length) {
                found.add(encoding);
              }
            });
    return found;
  }

  /** {@code value@time} relative to the first time, with the start time where there is one. */
  private static List<String> samples(Head head) {
    List<String> found = new ArrayList<>();
    try (Querier querier = head.querier(0, Long.MAX_VALUE)) {
      SeriesSet set =
          querier.select(
              SelectHints.range(0, Long.MAX_VALUE), List.of(Matcher.equal("__name__", "up")));
      SampleBuffer buffer = new SampleBuffer();
      set.read(0, 0, Long.MAX_VALUE, buffer);
      for (int i = 0; i < buffer.size(); i++) {
        String since = buffer.start(i) == 0 ? "" : " since " + (buffer.start(i) - T0);
        found.add(buffer.values[i] + "@" + (buffer.timestamps[i] - T0) + since);
      }
    }
    return found;
  }

  @Test
  void anOpenChunkGoesOnWhenTheEncodingChanges() {
    try (Head head = head(SampleFormat.PLAIN, false)) {
      append(head, T0, 1, 0);
      head.format(head.format().withFloats(ChunkEncoding.XOR2));
      append(head, T0 + 1, 2, T0 - 5);
      head.format(head.format().withFloats(ChunkEncoding.XOR));
      append(head, T0 + 2, 3, 0);
      assertThat(encodings(head)).containsExactly(ChunkEncoding.XOR);
      assertThat(samples(head)).containsExactly("1.0@0", "2.0@1", "3.0@2");
    }
  }

  @Test
  void anOpenChunkThatCannotKeepStartTimesEndsWhereTheLogKeepsThem() {
    try (Head head = head(SampleFormat.PLAIN, false)) {
      append(head, T0, 1, 0);
      head.format(STARTS);
      append(head, T0 + 1, 2, T0 - 5);
      append(head, T0 + 2, 3, T0 - 5);
      assertThat(encodings(head)).containsExactly(ChunkEncoding.XOR, ChunkEncoding.XOR2);
      assertThat(samples(head)).containsExactly("1.0@0", "2.0@1 since -5", "3.0@2 since -5");
    }
  }

  @Test
  void chunksOfTheNewEncodingKeepStartTimesThatTheLogDoesNot() {
    SampleFormat unlogged = SampleFormat.PLAIN.withFloats(ChunkEncoding.XOR2);
    try (Head head = head(unlogged, false)) {
      append(head, T0, 1, T0 - 5);
      assertThat(encodings(head)).containsExactly(ChunkEncoding.XOR2);
      assertThat(samples(head)).containsExactly("1.0@0 since -5");
    }
  }

  @Test
  void rowsWithoutStartTimesTakeNoMemoryForThem() {
    try (Head head = head(STARTS, false)) {
      append(head, T0, 1, 0);
      append(head, T0 + 1, 1, 0);
      assertThat(head.starts.sizeBytes()).isZero();
    }
  }

  @Test
  void aZeroIsPutWhereACounterBegan() {
    try (Head head = head(SampleFormat.PLAIN, true)) {
      append(head, T0, 5, T0 - 60_000);
      append(head, T0 + 15_000, 6, T0 - 60_000);
      append(head, T0 + 30_000, 2, T0 + 20_000);
      append(head, T0 + 45_000, 3, T0 + 20_000);
      append(head, T0 + 60_000, 4, T0 + 70_000);
      append(head, T0 + 75_000, 4, 0);
      assertThat(samples(head))
          .containsExactly(
              "0.0@-60000",
              "5.0@0",
              "6.0@15000",
              "0.0@20000",
              "2.0@30000",
              "3.0@45000",
              "4.0@60000",
              "4.0@75000");
    }
  }

  @Test
  void aZeroOlderThanTheHeadTakesIsLeftOut() {
    try (Head head = head(SampleFormat.PLAIN, true)) {
      append(head, T0, 5, T0 - 7_200_000);
      assertThat(samples(head)).containsExactly("5.0@0");
    }
  }

  @Test
  void theZeroOfAHistogramHasItsLayoutAndIsItsReset() {
    Histogram h =
        new Histogram(
            CounterResetHint.UNKNOWN,
            2,
            0.001,
            1,
            4,
            7.5,
            new int[] {0, 2},
            new long[] {1, 1},
            new int[0],
            new long[0],
            new double[0]);
    try (Head head = head(SampleFormat.PLAIN, true)) {
      try (Appender appender = head.appender()) {
        assertThat(appender.append(appender.series(UP), T0, h, T0 - 1000))
            .isEqualTo(AppendResult.OK);
        appender.commit();
      }
      try (Appender appender = head.appender()) {
        FloatHistogram f = h.toFloat();
        assertThat(appender.append(appender.series(UP), T0 + 2000, f, T0 + 1000))
            .isEqualTo(AppendResult.OK);
        appender.commit();
      }
      assertThat(samples(head)).containsExactly("0.0@-1000", "7.5@0", "0.0@1000", "7.5@2000");
      assertThat(encodings(head))
          .containsExactly(ChunkEncoding.HISTOGRAM, ChunkEncoding.FLOAT_HISTOGRAM);
    }
  }
}
