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
import io.narthex.tsdb.wal.SeriesIdBound;
import io.narthex.tsdb.wal.WalCompression;
import io.narthex.tsdb.wal.WalMetrics;
import io.narthex.tsdb.wal.WalSegments;
import io.narthex.tsdb.wal.WalWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batches that come while the log is still being read. */
final class AppendsDuringReplayTest {
  private static final long T0 = 1_700_000_000_000L;
  private static final int SEGMENT = 1 << 16;

  @TempDir private Path folder;
  private final List<Process> processes = new ArrayList<>();

  /** What a process has of a directory; leaving it alone is a crash. */
  private final class Process implements AutoCloseable {
    final Head head =
        new Head(
            HeadOptions.DEFAULT,
            HeadChunkFiles.open(folder.resolve("chunks_head")),
            new HeadMetrics(new MetricRegistry()));
    final HeadReplay replay;

    Process() {
      Path wal = folder.resolve("wal");
      int newest = WalSegments.list(wal).stream().reduce(-1, (_, n) -> n);
      long bound = SeriesIdBound.of(wal, newest);
      WalWriter writer =
          WalWriter.open(wal, SEGMENT, WalCompression.SNAPPY, WalMetrics.unregistered());
      head.log(writer, bound);
      replay =
          new HeadReplay(head, writer, folder.resolve("wbl"), Optional.empty(), new ReplayStatus());
      processes.add(this);
    }

    long append(Labels labels, long t, double v) {
      try (Appender appender = head.appender()) {
        long ref = appender.series(labels);
        assertThat(appender.append(ref, t, v)).isEqualTo(AppendResult.OK);
        appender.commit();
        return ref;
      }
    }

    Map<String, String> read() {
      Map<String, String> found = new TreeMap<>();
      try (Querier querier = head.querier(T0, T0 + 10_000_000)) {
        SeriesSet set =
            querier.select(
                SelectHints.range(T0, T0 + 10_000_000), List.of(Matcher.equal("__name__", "m")));
        SampleBuffer buffer = new SampleBuffer();
        for (int i = 0; i < set.size(); i++) {
          set.read(i, T0, T0 + 10_000_000, buffer);
          StringBuilder line = new StringBuilder();
          for (int s = 0; s < buffer.size(); s++) {
            line.append(buffer.timestamps[s] - T0).append('=').append(buffer.values[s]).append(' ');
          }
          found.put(set.labels(i).get("i"), line.toString());
        }
      }
      return found;
    }

    @Override
    public void close() {
      head.close();
    }
  }

  @AfterEach
  void close() {
    processes.forEach(Process::close);
  }

  private static Labels labels(int i) {
    return Labels.of("__name__", "m", "i", Integer.toString(i));
  }

  @Test
  void followWhatTheLogHasAndSurviveTheNextStart() {
    Process first = new Process();
    first.replay.run();
    first.append(labels(1), T0, 1);
    first.append(labels(2), T0, 2);

    Process second = new Process();
    long early = second.append(labels(1), T0 + 10, 11);
    second.append(labels(3), T0 + 10, 13);
    Appender across = second.head.appender();
    long other = across.series(labels(2));
    assertThat(across.append(other, T0 + 20, 22)).isEqualTo(AppendResult.OK);
    assertThat(across.append(early, T0 + 20, 21)).isEqualTo(AppendResult.OK);
    second.replay.run();
    across.commit();
    try (Appender appender = second.head.appender()) {
      assertThat(appender.append(early, T0 + 30, 31)).isEqualTo(AppendResult.OK);
      assertThat(appender.append(early, T0 + 5, 5)).isEqualTo(AppendResult.OUT_OF_ORDER);
      assertThat(appender.append(1, T0 + 40, 41)).isEqualTo(AppendResult.OK);
      assertThat(appender.append(early + 1000, T0, 0)).isEqualTo(AppendResult.UNKNOWN_SERIES);
      appender.commit();
    }
    Map<String, String> wanted =
        Map.of(
            "1", "0=1.0 10=11.0 20=21.0 30=31.0 40=41.0 ", "2", "0=2.0 20=22.0 ", "3", "10=13.0 ");
    assertThat(second.read()).isEqualTo(wanted);
    assertThat(second.head.seriesCount()).isEqualTo(3);

    Process third = new Process();
    third.replay.run();
    assertThat(third.read()).isEqualTo(wanted);
    assertThat(third.head.hasAliases()).as("references beside the first").isFalse();
  }

  @Test
  void leaveNoSecondReferenceInTheLogHoweverManyCrashesThereWere() {
    Process first = new Process();
    first.replay.run();
    first.append(labels(1), T0, 1);
    for (int crash = 1; crash < 5; crash++) {
      Process crashed = new Process();
      crashed.append(labels(1), T0 + crash, crash);
      crashed.append(labels(2), T0 + crash, crash);
      crashed.head.appender().series(labels(3));
    }
    Process last = new Process();
    long early = last.append(labels(1), T0 + 10, 10);
    Appender pending = last.head.appender();
    long unlogged = pending.series(labels(3));
    pending.series(labels(4));
    last.replay.run();
    assertThat(last.head.hasAliases()).isTrue();
    assertThat(pending.append(unlogged, T0 + 11, 11)).isEqualTo(AppendResult.OK);
    assertThat(pending.append(early, T0 + 11, 11)).isEqualTo(AppendResult.OK);
    pending.commit();
    Map<String, String> wanted =
        Map.of(
            "1", "0=1.0 1=1.0 2=2.0 3=3.0 4=4.0 10=10.0 11=11.0 ",
            "2", "1=1.0 2=2.0 3=3.0 4=4.0 ",
            "3", "11=11.0 ");
    assertThat(last.read()).isEqualTo(wanted);

    Process next = new Process();
    next.replay.run();
    assertThat(next.read()).isEqualTo(wanted);
    assertThat(next.head.hasAliases()).isFalse();
  }

  @Test
  void neverUseAReferenceOfTheLogForAnotherSeries() {
    Process first = new Process();
    first.replay.run();
    long used = 0;
    for (int i = 0; i < 100; i++) {
      used = Math.max(used, first.append(labels(i), T0, i));
    }
    Process crashed = new Process();
    assertThat(crashed.append(labels(1000), T0, 1)).isGreaterThan(used);
    crashed.replay.run();
    long last = crashed.append(labels(1001), T0, 1);
    crashed.close();
    Process clean = new Process();
    assertThat(clean.append(labels(1002), T0, 1)).as("nothing is skipped").isEqualTo(last + 1);
  }

  @Test
  void areKeptThroughCrashesBeforeTheReplayIsOver() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Map<String, StringBuilder> model = new TreeMap<>();
    int step = 0;
    for (int process = 0; process < 30; process++) {
      Process running = new Process();
      Map<Integer, Long> refs = new TreeMap<>();
      int batches = random.nextInt(40);
      boolean replays = batches >= 3 && random.nextInt(3) == 0;
      boolean fails = random.nextBoolean();
      for (int batch = batches; batch >= 0; batch--) {
        if (replays && batch == 3) {
          running.replay.run();
        }
        commit(running, refs, model, ++step, random);
      }
      if (replays && !fails) {
        assertThat(running.read()).as("seed %s, process %s", seed, process).isEqualTo(text(model));
        running.close();
      }
    }
    Process last = new Process();
    last.replay.run();
    assertThat(last.read()).as("seed %s", seed).isEqualTo(text(model));
  }

  private static void commit(
      Process running,
      Map<Integer, Long> refs,
      Map<String, StringBuilder> model,
      int step,
      Random random) {
    try (Appender appender = running.head.appender()) {
      for (int n = 1 + random.nextInt(30); n > 0; n--) {
        int i = random.nextInt(60);
        long ref = refs.computeIfAbsent(i, k -> appender.series(labels(k)));
        long t = step * 1000L + n;
        // One batch has one sample of a series: its others would come too late.
        if (!model.containsKey(i + "") || !endsAt(model.get(i + ""), step)) {
          assertThat(appender.append(ref, T0 + t, n)).isEqualTo(AppendResult.OK);
          model
              .computeIfAbsent(i + "", k -> new StringBuilder())
              .append(t)
              .append('=')
              .append((double) n)
              .append(' ');
        }
      }
      appender.commit();
    }
  }

  private static boolean endsAt(StringBuilder samples, int step) {
    String text = samples.toString().trim();
    String last = text.substring(text.lastIndexOf(' ') + 1);
    return Long.parseLong(last.substring(0, last.indexOf('='))) / 1000 == step;
  }

  private static Map<String, String> text(Map<String, StringBuilder> model) {
    Map<String, String> text = new TreeMap<>();
    model.forEach((i, samples) -> text.put(i, samples.toString()));
    return text;
  }
}
