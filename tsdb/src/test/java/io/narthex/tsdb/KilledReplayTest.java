package io.narthex.tsdb;

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
import io.narthex.tsdb.wal.WalCompression;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A forked process opens a directory whose log takes a while to read, appends from the first moment
 * that it may, and is killed, mostly long before the replay is over. Again and again: what it told
 * to have committed must be there.
 */
final class KilledReplayTest {
  private static final long T0 = 1_700_000_000_000L;
  private static final int OLD_SERIES = 20_000;
  private static final int SERIES = 40;
  private static final int ROUNDS = 8;

  @TempDir private Path folder;

  /** The process that is killed: {@code FOLDER FIRST_BATCH}. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] arguments) throws Exception {
      Db db = Db.open(options(Path.of(arguments[0])), new MetricRegistry());
      db.accepting().get();
      for (int batch = Integer.parseInt(arguments[1]); ; batch++) {
        boolean replaying = !db.ready().isDone();
        commit(db, batch);
        System.out.println(batch + (replaying ? " replaying" : " ready"));
        Thread.sleep(1);
      }
    }
  }

  private static DbOptions options(Path folder) {
    return DbOptions.of(folder)
        .withRetention(0, 0)
        .withReload(3_600_000)
        .withWal(1 << 18, WalCompression.SNAPPY);
  }

  private static void commit(Db db, int batch) {
    try (Appender appender = db.appender()) {
      for (int i = 0; i < SERIES; i++) {
        long ref = appender.series(labels(i, batch));
        assertThat(appender.append(ref, T0 + 100_000 + batch, batch)).isEqualTo(AppendResult.OK);
      }
      appender.commit();
    }
  }

  /** Half of them are known from before, the others come with each process. */
  private static Labels labels(int i, int batch) {
    return i < SERIES / 2
        ? Labels.of("__name__", "old", "i", Integer.toString(i))
        : Labels.of("__name__", "new", "i", Integer.toString(i), "generation", "" + batch / 50);
  }

  @Test
  void losesNothingThatWasCommittedMeanwhile() throws Exception {
    try (Db db = Db.open(options(folder), new MetricRegistry())) {
      db.ready().get();
      for (int t = 0; t < 10; t++) {
        try (Appender appender = db.appender()) {
          for (int i = 0; i < OLD_SERIES; i++) {
            Labels labels = Labels.of("__name__", "old", "i", Integer.toString(i));
            appender.append(appender.series(labels), T0 + t * 1000, t);
          }
          appender.commit();
        }
      }
    }
    Random random = new Random(11);
    int last = -1;
    int duringReplay = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Outcome outcome = runAndKill(last + 1, random.nextInt(250));
      last = Math.max(last, outcome.last());
      duringReplay += outcome.duringReplay();
    }
    assertThat(duringReplay).as("batches committed during a replay").isPositive();
    verify(last);
  }

  private record Outcome(int last, int duringReplay) {}

  private Outcome runAndKill(int firstBatch, int millis) throws IOException, InterruptedException {
    AtomicInteger last = new AtomicInteger(firstBatch - 1);
    AtomicInteger duringReplay = new AtomicInteger();
    KilledProcess.run(
        Writer.class,
        millis,
        line -> {
          last.set(Integer.parseInt(line.substring(0, line.indexOf(' '))));
          duringReplay.addAndGet(line.endsWith("replaying") ? 1 : 0);
        },
        folder.toString(),
        Integer.toString(firstBatch));
    return new Outcome(last.get(), duringReplay.get());
  }

  private void verify(int acknowledged) throws Exception {
    try (Db db = Db.open(options(folder), new MetricRegistry())) {
      db.ready().get();
      assertThat(db.corruptions()).isLessThanOrEqualTo(ROUNDS);
      long[] found = new long[2];
      count(db, "old", found, 0);
      count(db, "new", found, 1);
      long batches = found[1] / (SERIES / 2);
      // The last process may have committed one that it could not tell any more.
      assertThat(batches).isBetween(acknowledged + 1L, acknowledged + 2L);
      assertThat(found[1]).as("whole batches").isEqualTo(batches * SERIES / 2);
      assertThat(found[0]).isEqualTo(OLD_SERIES * 10L + batches * SERIES / 2);
    }
  }

  private static void count(Db db, String name, long[] into, int at) {
    long to = T0 + 10_000_000;
    try (Querier querier = db.querier(T0, to)) {
      SeriesSet set =
          querier.select(SelectHints.range(T0, to), List.of(Matcher.equal("__name__", name)));
      SampleBuffer buffer = new SampleBuffer();
      for (int s = 0; s < set.size(); s++) {
        set.read(s, T0, to, buffer);
        into[at] += buffer.size();
        for (int n = 0; n < buffer.size(); n++) {
          long offset = buffer.timestamps[n] - T0;
          double wanted = offset < 100_000 ? offset / 1000.0 : offset - 100_000;
          assertThat(buffer.values[n]).isEqualTo(wanted);
        }
      }
    }
  }
}
