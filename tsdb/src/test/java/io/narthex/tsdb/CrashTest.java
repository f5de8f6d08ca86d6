package io.narthex.tsdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.client.MetricRegistry;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Matcher;
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
 * A forked process commits batches, tells each on its output, and is killed at a random moment:
 * what it told must be there, and the last batch whole or not at all.
 */
final class CrashTest {
  private static final long BLOCK = 60_000;
  private static final long T0 = 1_700_000_000_000L / BLOCK * BLOCK;
  private static final int SERIES = 50;
  private static final int ROUNDS = 6;

  @TempDir private Path folder;

  /** The process that is killed: {@code FOLDER FIRST_BATCH}. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] arguments) throws Exception {
      Db db = open(Path.of(arguments[0]));
      Thread compaction = Thread.ofPlatform().daemon().start(() -> compactForEver(db));
      for (int batch = Integer.parseInt(arguments[1]); compaction.isAlive(); batch++) {
        try (Appender appender = db.appender()) {
          for (int i = 0; i < SERIES; i++) {
            appender.append(appender.series(labels(i, batch)), time(batch), batch);
          }
          appender.commit();
        }
        System.out.println(batch);
      }
    }

    private static void compactForEver(Db db) {
      try {
        while (true) {
          db.compact();
          Thread.sleep(5);
        }
      } catch (InterruptedException e) {
        // The thread ends, and with it the writer.
      }
    }
  }

  private static Db open(Path folder) throws Exception {
    DbOptions options =
        DbOptions.of(folder)
            .withBlocks(BLOCK, 9 * BLOCK)
            .withRetention(0, 0)
            .withReload(3_600_000)
            .withWal(1 << 17, WalCompression.SNAPPY);
    Db db = Db.open(options, new MetricRegistry());
    db.ready().get();
    return db;
  }

  /** Some series come and go. */
  private static Labels labels(int i, int batch) {
    String generation = i < 10 ? Integer.toString(batch / 100) : "0";
    return Labels.of("__name__", "crash", "i", Integer.toString(i), "generation", generation);
  }

  private static long time(int batch) {
    return T0 + batch * 500L;
  }

  @Test
  void keepsEveryCommittedBatchThroughKills() throws Exception {
    Random random = new Random(7);
    int acknowledged = -1;
    int next = 0;
    for (int round = 0; round < ROUNDS; round++) {
      acknowledged = Math.max(acknowledged, runAndKill(next, 200 + random.nextInt(800)));
      next = verify(acknowledged) + 1;
    }
    assertThat(acknowledged).isGreaterThan(100);
  }

  private int runAndKill(int firstBatch, int millis) throws IOException, InterruptedException {
    AtomicInteger last = new AtomicInteger(-1);
    KilledProcess.run(
        Writer.class,
        millis,
        line -> last.set(Integer.parseInt(line)),
        folder.toString(),
        Integer.toString(firstBatch));
    return last.get();
  }

  /** The newest batch that is there. */
  private int verify(int acknowledged) throws Exception {
    long to = time(acknowledged + 1_000_000);
    try (Db db = open(folder);
        Querier querier = db.querier(T0, to)) {
      SeriesSet set =
          querier.select(SelectHints.range(T0, to), List.of(Matcher.equal("__name__", "crash")));
      SampleBuffer buffer = new SampleBuffer();
      int[] samples = new int[SERIES];
      int newest = -1;
      for (int s = 0; s < set.size(); s++) {
        set.read(s, T0, to, buffer);
        int i = Integer.parseInt(set.labels(s).get("i"));
        for (int n = 0; n < buffer.size(); n++) {
          int batch = (int) buffer.values[n];
          assertThat(buffer.timestamps[n]).isEqualTo(time(batch));
          newest = Math.max(newest, batch);
          samples[i]++;
        }
      }
      assertThat(newest).isGreaterThanOrEqualTo(acknowledged);
      for (int i = 0; i < SERIES; i++) {
        assertThat(samples[i]).as("samples of series %d", i).isEqualTo(newest + 1);
      }
      return newest;
    }
  }
}
