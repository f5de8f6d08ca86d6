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
import io.narthex.tsdb.chunk.HeadChunkFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What short-lived series take comes back when they are gone. */
final class HeadMemoryTest {
  private static final long RANGE = 60_000;
  private static final long T0 = 1_700_000_000_000L / RANGE * RANGE;
  private static final int LASTING = 2000;
  private static final int BURST = 60_000;

  /** Free pages, buffers and the like, which count for much in a head so small. */
  private static final long SPARE_BYTES = 1 << 20;

  @TempDir private Path folder;
  private Head head;

  @BeforeEach
  void open() {
    head = newHead("chunks_head");
  }

  private Head newHead(String name) {
    Head created =
        new Head(
            new HeadOptions(RANGE, 120, SampleFormat.PLAIN, false),
            HeadChunkFiles.open(folder.resolve(name)),
            new HeadMetrics(new MetricRegistry()));
    created.files.visit((ref, chunk, mint, maxt, samples, encoding, ooo) -> {});
    return created;
  }

  @AfterEach
  void close() {
    head.close();
  }

  private static long heapBytes() throws InterruptedException {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      // Cleaners of what was collected may hold more.
      Thread.sleep(50);
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }

  private static Labels lasting(int i) {
    return Labels.of(
        "__name__", "lasting", "i", Integer.toString(i), "job", "node", "zone", "z" + i % 7);
  }

  private static Labels burst(int i) {
    return Labels.of(
        "__name__", "burst_" + i % 50, "job", "node", "pod", "pod-" + i, "zone", "z" + i % 7);
  }

  private void append(long t, int from, int to, boolean isBurst) {
    for (int start = from; start < to; start += 1000) {
      try (Appender appender = head.appender()) {
        for (int i = start; i < Math.min(to, start + 1000); i++) {
          long ref = appender.series(isBurst ? burst(i) : lasting(i));
          assertThat(appender.append(ref, t, value(i, t))).isEqualTo(AppendResult.OK);
        }
        appender.commit();
      }
    }
  }

  private static double value(int i, long t) {
    return i * 31 + t % 1_000_003 / 7.0;
  }

  /** Lasting series in the rows before a burst, with chunks that grow between those of it. */
  @Test
  void bytesOfABurstAreGivenBackToTheHeap() throws Exception {
    // What is made once, whichever head it is, does not count.
    append(T0, 0, LASTING, false);
    head.close();
    head = newHead("other");
    long baseBytes = heapBytes();
    append(T0 - RANGE, 0, LASTING, false);
    for (int s = 0; s < 20; s++) {
      append(T0 + s * 1000, 0, LASTING, false);
    }
    assertThat(head.truncate(T0, 1000)).isTrue();
    long before = heapBytes() - baseBytes;
    for (int s = 20; s < 50; s++) {
      append(T0 + s * 1000, 0, LASTING, false);
      append(T0 + s * 1000, (s - 20) * BURST / 30, (s - 19) * BURST / 30, true);
    }
    long during = heapBytes() - baseBytes;
    for (int s = 0; s < 20; s++) {
      append(T0 + 2 * RANGE + s * 1000, 0, LASTING, false);
    }
    assertThat(head.truncate(T0 + RANGE, 1000)).isTrue();
    head.sweep();
    long after = heapBytes() - baseBytes;
    assertThat(head.counts().series()).isEqualTo(LASTING);
    assertThat(during).as("bytes with the burst").isGreaterThan(8 * before);
    assertThat((double) after)
        .as(
            "bytes after the burst; %s before, %s during; parts %s",
            before, during, head.counts().memory())
        .isLessThan(1.3 * before + SPARE_BYTES);
    assertSamples(T0 + 2 * RANGE, 20);
  }

  /** Series that come with a burst and stay are in its rows, but need few blocks and symbols. */
  @Test
  void chunksAndTextsOfABurstAreGivenBackAroundSeriesThatStay() throws Exception {
    for (int i = 0; i < BURST; i += 1000) {
      append(T0, i, i + 1000, true);
      int last = (i + 1000) / (BURST / LASTING);
      append(T0, i / (BURST / LASTING), last, false);
    }
    for (int s = 1; s < 30; s++) {
      append(T0 + s * 1000, 0, LASTING, false);
      append(T0 + s * 1000, s * 1000, s * 1000 + 1000, true);
    }
    long slabBefore = head.counts().memory().get("chunks");
    append(T0 + 2 * RANGE, 0, LASTING, false);
    assertThat(head.truncate(T0 + RANGE, 1000)).isTrue();
    head.sweep();
    assertThat(head.counts().memory().get("chunks"))
        .isLessThan(slabBefore / 8)
        .isLessThan(2 * (head.slab.usedBytes() + 68 * 2048));
    assertThat(head.counts().memory().get("symbols")).isLessThan(1 << 20);
    assertThat(head.counts().memory().get("hash")).isLessThan(256 << 10);
    assertThat(head.counts().memory().get("postings")).isLessThan(1 << 20);
    assertSamples(T0 + 2 * RANGE, 1);
    append(T0 + 2 * RANGE + 1000, 0, BURST, true);
    assertThat(head.counts().series()).isEqualTo(LASTING + BURST);
  }

  private void assertSamples(long from, int count) {
    try (Querier querier = head.querier(from, Long.MAX_VALUE)) {
      SeriesSet set =
          querier.select(
              SelectHints.range(from, Long.MAX_VALUE),
              List.of(Matcher.equal("__name__", "lasting")));
      assertThat(set.size()).isEqualTo(LASTING);
      SampleBuffer buffer = new SampleBuffer();
      for (int series = 0; series < LASTING; series++) {
        int i = Integer.parseInt(set.labels(series).get("i"));
        assertThat(set.labels(series)).isEqualTo(lasting(i));
        set.read(series, from, Long.MAX_VALUE, buffer);
        assertThat(buffer.size()).isEqualTo(count);
        for (int s = 0; s < count; s++) {
          assertThat(buffer.values[s]).isEqualTo(value(i, buffer.timestamps[s]));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void answersStayTheSameWhileMemoryIsGivenBack(long seed) throws Exception {
    Random random = new Random(seed);
    AtomicLong committed = new AtomicLong(T0 - 1000);
    AtomicBoolean done = new AtomicBoolean();
    int series = 200;
    try (ExecutorService readers = Executors.newFixedThreadPool(2)) {
      List<Future<Long>> results = new ArrayList<>();
      for (int r = 0; r < 2; r++) {
        results.add(readers.submit(() -> readUntil(done, committed, series)));
      }
      int next = 0;
      try {
        for (int s = 0; s < 300; s++) {
          long t = T0 + s * 1000L;
          append(t, 0, series, false);
          committed.set(t);
          int born = random.nextInt(10) == 0 ? 3000 : random.nextInt(100);
          append(t, next, next + born, true);
          next += born;
          if (s % 60 == 59) {
            assertThat(head.truncate(t - 70_000, 5000)).isTrue();
          }
          if (random.nextInt(20) == 0) {
            head.sweep();
          }
        }
      } finally {
        done.set(true);
      }
      for (Future<Long> result : results) {
        assertThat(result.get()).as("seed " + seed + ": reads").isPositive();
      }
    }
  }

  /** Reads lasting series over and over; each view has all of what was committed before it. */
  private long readUntil(AtomicBoolean done, AtomicLong committed, int series) {
    SampleBuffer buffer = new SampleBuffer();
    long reads = 0;
    while (!done.get()) {
      long known = committed.get();
      long from = Math.max(T0, known - 50_000);
      try (Querier querier = head.querier(from, Long.MAX_VALUE)) {
        SeriesSet set =
            querier.select(
                SelectHints.range(from, Long.MAX_VALUE),
                List.of(Matcher.equal("__name__", "lasting")));
        if (known < T0) {
          continue;
        }
        assertThat(set.size()).isEqualTo(series);
        for (int row = 0; row < series; row++) {
          int i = Integer.parseInt(set.labels(row).get("i"));
          set.read(row, from, Long.MAX_VALUE, buffer);
          assertThat(buffer.size()).isGreaterThanOrEqualTo((int) ((known - from) / 1000) + 1);
          for (int s = 0; s < buffer.size(); s++) {
            assertThat(buffer.timestamps[s]).isEqualTo(from + s * 1000L);
            assertThat(buffer.values[s]).isEqualTo(value(i, buffer.timestamps[s]));
          }
          reads++;
        }
      }
    }
    return reads;
  }
}
