package io.narthex.tsdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.client.MetricRegistry;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Matcher;
import io.narthex.model.value.Exemplar;
import io.narthex.storage.AppendResult;
import io.narthex.storage.Appender;
import io.narthex.storage.SeriesExemplars;
import io.narthex.tsdb.wal.Checkpoint;
import io.narthex.tsdb.wal.WalCompression;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DbExemplarsTest {
  private static final long BLOCK = 60_000;
  private static final long T0 = 1_700_000_000_000L / BLOCK * BLOCK;
  private static final List<List<Matcher>> UP = List.of(List.of(Matcher.equal("__name__", "up")));

  @TempDir private Path folder;

  private static Db open(Path folder, long maxExemplars) throws Exception {
    Db db =
        Db.open(
            DbOptions.of(folder)
                .withBlocks(BLOCK, 3 * BLOCK)
                .withRetention(0, 0)
                .withReload(3_600_000)
                .withWal(1 << 15, WalCompression.SNAPPY)
                .withMaxExemplars(maxExemplars),
            new MetricRegistry());
    db.ready().get();
    return db;
  }

  private static Exemplar exemplar(long t, int id) {
    return new Exemplar(Labels.of("trace_id", "t" + id), id, t, false);
  }

  private static AppendResult append(Db db, int series, long t, int id) {
    try (Appender appender = db.appender()) {
      long ref = appender.series(Labels.of("__name__", "up", "i", Integer.toString(series)));
      assertThat(appender.append(ref, t, id)).isEqualTo(AppendResult.OK);
      AppendResult result = appender.appendExemplar(ref, exemplar(t, id));
      appender.commit();
      return result;
    }
  }

  private static List<SeriesExemplars> all(Db db) {
    return db.exemplars(Long.MIN_VALUE, Long.MAX_VALUE, UP);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }

  @Test
  void exemplarsSurviveRestartAndCrash() throws Exception {
    List<SeriesExemplars> before;
    Path crashed = folder.resolve("crashed");
    Path data = folder.resolve("data");
    try (Db db = open(data, 10)) {
      for (int id = 0; id < 20; id++) {
        assertThat(append(db, id % 3, T0 + id * 1000L, id)).isEqualTo(AppendResult.OK);
      }
      before = all(db);
      assertThat(before).hasSize(3);
      copy(data, crashed);
    }
    Files.delete(crashed.resolve("lock"));
    for (Path directory : List.of(data, crashed)) {
      try (Db db = open(directory, 10)) {
        assertThat(all(db)).isEqualTo(before);
      }
    }
  }

  @Test
  void repetitionWithoutATimeIsKnownAfterARestart() throws Exception {
    try (Db db = open(folder, 10)) {
      append(db, 0, T0, 7);
    }
    try (Db db = open(folder, 10)) {
      try (Appender appender = db.appender()) {
        long ref = appender.series(Labels.of("__name__", "up", "i", "0"));
        assertThat(appender.appendExemplar(ref, exemplar(T0 + 5000, 7))).isEqualTo(AppendResult.OK);
        appender.commit();
      }
      assertThat(all(db).getFirst().exemplars()).containsExactly(exemplar(T0, 7));
    }
  }

  @Test
  void nothingIsKeptOrLoggedWhileThereIsNoRoom() throws Exception {
    try (Db db = open(folder, 0)) {
      assertThat(append(db, 0, T0, 1)).isEqualTo(AppendResult.OK);
      assertThat(all(db)).isEmpty();
    }
    try (Db db = open(folder, 10)) {
      assertThat(all(db)).isEmpty();
    }
  }

  @Test
  void rolledBackExemplarsAreForgotten() throws Exception {
    try (Db db = open(folder, 10)) {
      try (Appender appender = db.appender()) {
        long ref = appender.series(Labels.of("__name__", "up"));
        appender.append(ref, T0, 1);
        appender.appendExemplar(ref, exemplar(T0, 1));
        appender.rollback();
      }
      assertThat(all(db)).isEmpty();
    }
  }

  @Test
  void refusalsAreTold() throws Exception {
    try (Db db = open(folder, 10)) {
      append(db, 0, T0 + 1000, 1);
      try (Appender appender = db.appender()) {
        long ref = appender.series(Labels.of("__name__", "up", "i", "0"));
        assertThat(appender.appendExemplar(ref, exemplar(T0, 2)))
            .isEqualTo(AppendResult.OUT_OF_ORDER_EXEMPLAR);
        assertThat(appender.appendExemplar(ref + 100, exemplar(T0, 2)))
            .isEqualTo(AppendResult.UNKNOWN_SERIES);
      }
    }
  }

  @Test
  void checkpointsKeepExemplarsOfWhatIsStillInTheHead() throws Exception {
    List<SeriesExemplars> before;
    try (Db db = open(folder, 10_000)) {
      for (int id = 0; id < 3000; id++) {
        append(db, id % 5, T0 + id * 100L, id);
      }
      db.compact();
      assertThat(Checkpoint.latest(folder.resolve("wal"))).isPresent();
      long floor = db.headMinTime();
      before = db.exemplars(floor, Long.MAX_VALUE, UP);
      assertThat(before).hasSize(5);
    }
    try (Db db = open(folder, 10_000)) {
      assertThat(db.exemplars(db.headMinTime(), Long.MAX_VALUE, UP)).isEqualTo(before);
    }
  }

  @Test
  void sizeChangesWhileRunning() throws Exception {
    try (Db db = open(folder, 10)) {
      for (int id = 0; id < 10; id++) {
        append(db, 0, T0 + id * 1000L, id);
      }
      db.maxExemplars(3);
      assertThat(all(db).getFirst().exemplars())
          .containsExactly(exemplar(T0 + 7000, 7), exemplar(T0 + 8000, 8), exemplar(T0 + 9000, 9));
      db.maxExemplars(0);
      assertThat(all(db)).isEmpty();
      db.maxExemplars(5);
      append(db, 0, T0 + 10_000, 10);
      assertThat(all(db).getFirst().exemplars()).containsExactly(exemplar(T0 + 10_000, 10));
    }
  }
}
