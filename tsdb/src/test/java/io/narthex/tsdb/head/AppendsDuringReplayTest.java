package io.narthex.tsdb.head;

import static io.narthex.tsdb.head.HeadProcess.labels;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.storage.AppendResult;
import io.narthex.storage.Appender;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batches that come while the log is still being read. */
final class AppendsDuringReplayTest {
  private static final long T0 = HeadProcess.T0;

  @TempDir private Path folder;
  private final List<HeadProcess> processes = new ArrayList<>();

  @AfterEach
  void close() {
    processes.forEach(HeadProcess::close);
  }

  private HeadProcess start() {
    HeadProcess process = new HeadProcess(folder);
    processes.add(process);
    return process;
  }

  @Test
  void followWhatTheLogHasAndSurviveTheNextStart() {
    HeadProcess first = start();
    first.replay.run();
    first.append(labels(1), T0, 1);
    first.append(labels(2), T0, 2);

    HeadProcess second = start();
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
    assertThat(second.head.counts().series()).isEqualTo(3);

    HeadProcess third = start();
    third.replay.run();
    assertThat(third.read()).isEqualTo(wanted);
    assertThat(third.head.series.hasAliases()).as("references beside the first").isFalse();
  }

  @Test
  void leaveNoSecondReferenceInTheLogHoweverManyCrashesThereWere() {
    HeadProcess first = start();
    first.replay.run();
    first.append(labels(1), T0, 1);
    for (int crash = 1; crash < 5; crash++) {
      HeadProcess crashed = start();
      crashed.append(labels(1), T0 + crash, crash);
      crashed.append(labels(2), T0 + crash, crash);
      crashed.head.appender().series(labels(3));
    }
    HeadProcess last = start();
    long early = last.append(labels(1), T0 + 10, 10);
    Appender pending = last.head.appender();
    long unlogged = pending.series(labels(3));
    pending.series(labels(4));
    last.replay.run();
    assertThat(last.head.series.hasAliases()).isTrue();
    assertThat(pending.append(unlogged, T0 + 11, 11)).isEqualTo(AppendResult.OK);
    assertThat(pending.append(early, T0 + 11, 11)).isEqualTo(AppendResult.OK);
    pending.commit();
    Map<String, String> wanted =
        Map.of(
            "1", "0=1.0 1=1.0 2=2.0 3=3.0 4=4.0 10=10.0 11=11.0 ",
            "2", "1=1.0 2=2.0 3=3.0 4=4.0 ",
            "3", "11=11.0 ");
    assertThat(last.read()).isEqualTo(wanted);

    HeadProcess next = start();
    next.replay.run();
    assertThat(next.read()).isEqualTo(wanted);
    assertThat(next.head.series.hasAliases()).isFalse();
  }

  @Test
  void neverUseAReferenceOfTheLogForAnotherSeries() {
    HeadProcess first = start();
    first.replay.run();
    long used = 0;
    for (int i = 0; i < 100; i++) {
      used = Math.max(used, first.append(labels(i), T0, i));
    }
    HeadProcess crashed = start();
    assertThat(crashed.append(labels(1000), T0, 1)).isGreaterThan(used);
    crashed.replay.run();
    long last = crashed.append(labels(1001), T0, 1);
    crashed.close();
    HeadProcess clean = start();
    assertThat(clean.append(labels(1002), T0, 1)).as("nothing is skipped").isEqualTo(last + 1);
  }

  @Test
  void areKeptThroughCrashesBeforeTheReplayIsOver() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Map<String, StringBuilder> model = new TreeMap<>();
    int step = 0;
    for (int process = 0; process < 30; process++) {
      HeadProcess running = start();
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
    HeadProcess last = start();
    last.replay.run();
    assertThat(last.read()).as("seed %s", seed).isEqualTo(text(model));
  }

  private static void commit(
      HeadProcess running,
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
