package io.narthex.tsdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Matcher;
import io.narthex.storage.Appender;
import io.narthex.storage.StorageException;
import io.narthex.tsdb.encoding.Folders;
import io.narthex.tsdb.wal.WalCompression;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk with ever more room, from none to enough, under all that writes: logs, head chunks,
 * blocks, checkpoints, snapshots, deletions. What fails says so and leaves nothing behind, reads go
 * on, nothing acknowledged is lost, and all goes on by itself when there is room again.
 */
final class FullDiskStepsTest {
  private static final long T0 = TestDatabase.T0;
  private static final int SERIES = 60;
  private static final int MEGABYTES = 32;
  private static final String FULL = "No space left on device";

  @TempDir private Path folder;

  @Test
  void everythingGoesOnWhenThereIsRoomAgain() throws Exception {
    Optional<SmallDisk.Outcome> outcome = SmallDisk.run(Program.class, folder, MEGABYTES);
    assumeTrue(outcome.isPresent(), "no file system may be mounted here: skipped");
    assertThat(outcome.get().code()).as(outcome.get().output()).isZero();
    assertThat(outcome.get().output()).contains("done");
  }

  /** Runs on the small disk: {@code FOLDER}. */
  static final class Program {
    private final Path root;
    private final SmallDisk disk;
    private int refused;
    private int databases;

    private Program(Path root) {
      this.root = root;
      this.disk = new SmallDisk(root);
    }

    public static void main(String[] arguments) throws Exception {
      Program program = new Program(Path.of(arguments[0]));
      Path original = program.fill();
      for (long room = 0; room < 400_000; room += room < 100_000 ? 12_288 : 98_304) {
        program.work(original, room);
        program.append(original, room);
        program.start(original, room);
      }
      assertThat(program.refused).as("steps that failed").isGreaterThan(20);
      System.out.println("done");
    }

    private static DbOptions options(Path data) {
      return TestDatabase.options(data)
          .withStaleSeriesThreshold(0.3)
          .withOutOfOrderWindow(600_000)
          .withWal(1 << 15, WalCompression.NONE);
    }

    private Path fill() throws Exception {
      Path data = root.resolve("original");
      try (TestDatabase test = TestDatabase.open(options(data))) {
        for (int n = 0; n < 60; n++) {
          assertThat(batch(test, n)).isEmpty();
        }
        test.db.compact();
        test.db.delete(T0, T0 + 30_000, List.of(Matcher.equal("i", "3")));
      }
      for (int from = 60; from < 140; from += 20) {
        try (TestDatabase test = TestDatabase.open(options(data))) {
          for (int n = from; n < from + 20; n++) {
            assertThat(batch(test, n)).isEmpty();
          }
        }
      }
      return data;
    }

    /** Appends samples in order and out of order; why that fails. */
    private static Optional<String> batch(TestDatabase test, int n) {
      try (Appender appender = test.db.appender()) {
        for (int i = 0; i < SERIES; i++) {
          boolean late = n > 10 && (n + i) % 9 == 0;
          long t = T0 + n * 10_000L - (late ? 15_000 + i : 0);
          appender.append(appender.series(labels(i, n)), t, n + i / 100.0);
        }
        appender.commit();
        return Optional.empty();
      } catch (StorageException e) {
        return Optional.of(e.getMessage());
      }
    }

    /** A few series are new with each batch. */
    private static Labels labels(int i, int n) {
      return i < 5
          ? Labels.of("__name__", "short", "i", Integer.toString(i), "n", Integer.toString(n))
          : TestDatabase.labels(i);
    }

    private Path copy(Path original) throws Exception {
      disk.clear();
      return FileSystemSteps.copy(original, root.resolve("data" + databases++));
    }

    /** What the background and administrators do. */
    private void work(Path original, long room) throws Exception {
      Path data = copy(original);
      try (TestDatabase test = TestDatabase.open(options(data))) {
        String before = test.read();
        disk.leave(room);
        attempt("compact", room, test.db::compact);
        assertThat(test.read()).as("while compacting with %d bytes", room).isEqualTo(before);
        disk.leave(room);
        attempt("snapshot", room, () -> test.db.snapshot(false));
        assertNothingHalf(data, room);
        disk.leave(room);
        attempt("clean tombstones", room, test.db::cleanTombstones);
        assertThat(test.read()).as("while cleaning with %d bytes", room).isEqualTo(before);
        assertNothingHalf(data, room);
        disk.leave(room);
        List<Matcher> seven = List.of(Matcher.equal("i", "7"));
        attempt("delete", room, () -> test.db.delete(T0, T0 + 10_000_000, seven));
        assertThat(without(test.read(), "i=\"7\""))
            .as("while deleting with %d bytes", room)
            .isEqualTo(without(before, "i=\"7\""));
        assertNothingHalf(data, room);
        disk.clear();
        test.db.compact();
        test.db.delete(T0, T0 + 10_000_000, seven);
        test.db.cleanTombstones();
        test.db.snapshot(false);
        String after = without(before, "i=\"7\"");
        assertThat(test.read()).as("with room after %d bytes", room).isEqualTo(after);
        assertThat(String.join("", test.db.blockMetas())).doesNotContain("failed");
        reopen(data, after, room);
      }
    }

    /** What is acknowledged is there, with and without room, and after a start. */
    private void append(Path original, long room) throws Exception {
      Path data = copy(original);
      try (TestDatabase test = TestDatabase.open(options(data))) {
        disk.leave(room);
        int n = 140;
        Optional<String> failure = batch(test, n);
        while (failure.isEmpty()) {
          failure = batch(test, ++n);
        }
        refused++;
        assertThat(failure.get()).contains(FULL).contains(data.toString());
        for (int more = 0; more < 20; more++) {
          assertThat(batch(test, n)).isPresent();
        }
        // The samples of earlier batches go on being served.
        assertThat(test.read(T0, T0 + 1_390_000)).contains("i=\"59\"");
        disk.clear();
        // The sender sends again what was not acknowledged.
        for (int end = n + 30; n < end; n++) {
          assertThat(batch(test, n)).as("with room after %d bytes", room).isEmpty();
        }
        String all = test.read();
        assertThat(all).isEqualTo(expected(n));
        reopen(data, all, room);
        test.db.compact();
        assertThat(test.read()).isEqualTo(all);
      }
    }

    /** The same samples on another database, which has had room all the time. */
    private String expected(int end) throws Exception {
      Path data = copy(root.resolve("original"));
      try (TestDatabase test = TestDatabase.open(options(data))) {
        for (int n = 140; n < end; n++) {
          assertThat(batch(test, n)).isEmpty();
        }
        return test.read();
      } finally {
        Folders.delete(data);
      }
    }

    /** A start says what it lacks, or goes well; in any case it harms nothing. */
    private void start(Path original, long room) throws Exception {
      Path data = copy(original);
      String before;
      try (TestDatabase test = TestDatabase.open(options(data))) {
        before = test.read();
      }
      disk.leave(room);
      attempt("start", room, () -> TestDatabase.open(options(data)).close());
      disk.clear();
      reopen(data, before, room);
      Folders.delete(data);
    }

    /** Opens a copy of what is there, as after a crash. */
    private void reopen(Path data, String expected, long room) throws Exception {
      Path crashed = FileSystemSteps.copy(data, root.resolve("crashed"));
      try (TestDatabase test = TestDatabase.open(options(crashed))) {
        assertThat(test.read()).as("opened after %d bytes", room).isEqualTo(expected);
        assertThat(test.db.corruptions()).as("damages after %d bytes", room).isZero();
      }
      Folders.delete(crashed);
    }

    /** Work that may fail. */
    private interface Work {
      void run() throws Exception;
    }

    private void attempt(String what, long room, Work work) throws Exception {
      try {
        work.run();
      } catch (Exception e) {
        Throwable failure = e instanceof ExecutionException ? e.getCause() : e;
        refused++;
        assertThat(failure)
            .as("%s with %d bytes", what, room)
            .isInstanceOf(StorageException.class)
            .hasMessageContaining(FULL)
            .hasMessageContaining(root.toString());
      }
    }

    private static String without(String content, String labels) {
      StringBuilder kept = new StringBuilder();
      content
          .lines()
          .filter(line -> !line.contains(labels))
          .forEach(l -> kept.append(l).append('\n'));
      return kept.toString();
    }

    private static void assertNothingHalf(Path data, long room) throws IOException {
      try (Stream<Path> entries = Files.walk(data)) {
        assertThat(entries.map(Path::toString))
            .as("with %d bytes", room)
            .noneMatch(name -> name.contains(".tmp"));
      }
    }
  }
}
