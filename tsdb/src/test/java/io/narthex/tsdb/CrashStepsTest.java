package io.narthex.tsdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.narthex.model.labels.Matcher;
import io.narthex.model.value.StaleMarker;
import io.narthex.storage.AppendResult;
import io.narthex.storage.Appender;
import io.narthex.tsdb.encoding.Folders;
import io.narthex.tsdb.wal.WalCompression;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process replays, cuts and merges blocks, writes a checkpoint, moves stale series and samples
 * out of order to blocks, makes a snapshot, deletes, and cleans up. Whatever it would leave if it
 * were killed at a step must open with every sample, each once, and without rubbish.
 *
 * <p>Every few steps are tried; all, within the hour, with {@code -Dnarthex.crash.every=1}.
 */
final class CrashStepsTest {
  private static final long T0 = TestDatabase.T0;
  private static final int EVERY = Integer.getInteger("narthex.crash.every", 37);
  private static final int SERIES = 60;
  private static final List<Matcher> DELETED = List.of(Matcher.equal("i", "7"));

  @TempDir private Path folder;

  /** The process that is stopped: {@code FOLDER}. */
  static final class Worker {
    private Worker() {}

    public static void main(String[] arguments) throws Exception {
      try (TestDatabase test = TestDatabase.open(options(Path.of(arguments[0])))) {
        test.db.compact();
        test.db.snapshot(false);
        delete(test);
        test.db.cleanTombstones();
      }
      System.out.println("done");
    }
  }

  private static DbOptions options(Path data) {
    return TestDatabase.options(data)
        .withStaleSeriesThreshold(0.3)
        .withOutOfOrderWindow(600_000)
        .withWal(1 << 15, WalCompression.NONE);
  }

  private static void delete(TestDatabase test) {
    test.db.delete(T0, T0 + 10_000_000, DELETED);
  }

  /** Blocks that can be merged, of one of which something is deleted, and a head that is due. */
  private static void fill(Path data) throws Exception {
    try (TestDatabase test = TestDatabase.open(options(data))) {
      append(test, 0, 60);
      test.db.compact();
      test.db.delete(T0, T0 + 30_000, List.of(Matcher.equal("i", "3")));
    }
    for (int from = 60; from < 140; from += 20) {
      try (TestDatabase test = TestDatabase.open(options(data))) {
        append(test, from, from + 20);
      }
    }
    try (TestDatabase test = TestDatabase.open(options(data))) {
      test.append(T0 + 1_400_000, 0, SERIES / 2, StaleMarker.VALUE);
    }
  }

  private static void append(TestDatabase test, int from, int to) {
    for (int n = from; n < to; n++) {
      try (Appender appender = test.db.appender()) {
        for (int i = 0; i < SERIES; i++) {
          boolean late = n > 10 && (n + i) % 9 == 0;
          long t = T0 + n * 10_000L - (late ? 15_000 + i : 0);
          long ref = appender.series(TestDatabase.labels(i));
          assertThat(appender.append(ref, t, n + i / 100.0)).isEqualTo(AppendResult.OK);
        }
        appender.commit();
      }
    }
  }

  @Test
  @Timeout(7200)
  void opensWithEverySampleOnceWhereverItIsCut() throws Exception {
    assumeTrue(FileSystemSteps.arePossible(), "no strace to stop at a system call with: skipped");
    Path data = folder.resolve("data");
    fill(data);
    Set<String> before = samples(FileSystemSteps.copy(data, folder.resolve("before")), false);
    Set<String> after = samples(FileSystemSteps.copy(data, folder.resolve("after")), true);
    assertThat(after.size()).isBetween(before.size() * 9 / 10, before.size() - 1);
    int steps =
        FileSystemSteps.visit(
            Worker.class,
            data,
            EVERY,
            number -> {
              Path cut = FileSystemSteps.copy(data, folder.resolve("cut" + number));
              verify(cut, after, before, "cut " + number + " of every " + EVERY);
              Folders.delete(cut);
            });
    assumeTrue(steps > 0, "strace may not trace here: skipped");
    assertThat(steps * EVERY).as("steps").isGreaterThan(300);
  }

  private static Set<String> samples(Path data, boolean delete) throws Exception {
    try (TestDatabase test = TestDatabase.open(options(data))) {
      if (delete) {
        delete(test);
      }
      return samples(test, data.toString());
    }
  }

  /** Each sample, which must be there once only. */
  private static Set<String> samples(TestDatabase test, String where) {
    Set<String> all = new TreeSet<>();
    test.read()
        .lines()
        .forEach(
            line -> {
              int labels = line.indexOf('}') + 1;
              for (String sample : line.substring(labels + 1).split(" ")) {
                String named = line.substring(0, labels) + " " + sample;
                assertThat(all.add(named)).as("%s: once only: %s", where, named).isTrue();
              }
            });
    return all;
  }

  private static void verify(Path data, Set<String> wanted, Set<String> allowed, String where)
      throws Exception {
    try (TestDatabase test = TestDatabase.open(options(data))) {
      verify(test, wanted, allowed, where);
      assertNoRubbish(data, where);
      test.db.compact();
      test.db.cleanTombstones();
      verify(test, wanted, allowed, where + ", compacted");
      assertThat(test.metric("prometheus_tsdb_reloads_failures_total")).as(where).isZero();
      assertThat(test.metric("prometheus_tsdb_mmap_chunk_corruptions_total")).as(where).isZero();
    }
    try (TestDatabase test = TestDatabase.open(options(data))) {
      verify(test, wanted, allowed, where + ", compacted and opened again");
      assertThat(test.db.corruptions()).as(where).isZero();
    }
    assertNoRubbish(data, where);
  }

  private static void verify(
      TestDatabase test, Set<String> wanted, Set<String> allowed, String where) {
    Set<String> found = samples(test, where);
    Set<String> missing = new TreeSet<>(wanted);
    missing.removeAll(found);
    assertThat(missing).as("%s: missing", where).isEmpty();
    found.removeAll(allowed);
    assertThat(found).as("%s: invented", where).isEmpty();
  }

  private static void assertNoRubbish(Path data, String where) throws IOException {
    try (Stream<Path> entries = Files.walk(data)) {
      assertThat(entries.map(Path::toString)).as(where).noneMatch(name -> name.contains(".tmp"));
    }
  }
}
