package io.narthex.tsdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a process that was killed while it cut, merged or deleted blocks may leave behind. */
final class CompactionCrashTest {
  private static final long T0 = TestDatabase.T0;

  @TempDir private Path folder;

  private static DbOptions options(Path folder) {
    return TestDatabase.options(folder).withStaleSeriesThreshold(0.3);
  }

  /** Blocks of the past that can be merged, one with deleted samples, and a head that is due. */
  private static String fill(Path folder) throws Exception {
    try (TestDatabase test = TestDatabase.open(options(folder))) {
      for (int i = 0; i < 30; i++) {
        test.append(T0 + i * 10_000L, 0, 20, i);
      }
      test.db.compact();
      test.db.delete(T0, T0 + 30_000, List.of(io.narthex.model.labels.Matcher.equal("i", "3")));
      for (int i = 30; i < 70; i++) {
        test.append(T0 + i * 10_000L, 0, 20, i);
      }
      test.append(T0 + 700_000, 0, 10, Double.longBitsToDouble(0x7ff0000000000002L));
      return test.read();
    }
  }

  private static void verify(Path data, String expected, String where) throws Exception {
    try (TestDatabase test = TestDatabase.open(options(data))) {
      assertThat(test.read()).as(where).isEqualTo(expected);
      assertNoRubbish(data, where);
      test.db.compact();
      test.db.cleanTombstones();
      assertThat(test.read()).as(where + ", compacted").isEqualTo(expected);
      assertThat(test.metric("prometheus_tsdb_reloads_failures_total")).as(where).isZero();
    }
    assertNoRubbish(data, where);
  }

  private static void assertNoRubbish(Path data, String where) throws IOException {
    try (Stream<Path> entries = Files.list(data)) {
      assertThat(entries.map(entry -> entry.getFileName().toString()))
          .as(where)
          .noneMatch(name -> name.contains(".tmp"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {".tmp-for-creation", ".tmp-for-deletion", ".tmp"})
  void rubbishOfEveryKindIsSwept(String suffix) throws Exception {
    String expected = fill(folder.resolve("data"));
    Path block = TestDatabase.blockFolders(folder.resolve("data")).getFirst();
    Path rubbish = copy(block, block.resolveSibling("01BX5ZZKBKACTAV9WEVGEMMVRZ" + suffix));
    Files.delete(rubbish.resolve("meta.json"));
    Files.createDirectories(folder.resolve("data/wal/checkpoint.00000099.tmp"));
    verify(folder.resolve("data"), expected, suffix);
    assertThat(folder.resolve("data/wal/checkpoint.00000099.tmp")).doesNotExist();
  }

  @Test
  void parentsThatADeletionWasCutAtGoAtTheNextStart() throws Exception {
    Path data = folder.resolve("data");
    String expected = fill(data);
    Path saved = folder.resolve("saved");
    Path parent = TestDatabase.blockFolders(data).getFirst();
    copy(parent, saved.resolve(parent.getFileName().toString()));
    try (TestDatabase test = TestDatabase.open(options(data))) {
      test.db.compact();
      test.db.cleanTombstones();
    }
    assertThat(parent).doesNotExist();
    copy(saved.resolve(parent.getFileName().toString()), parent);
    verify(data, expected, "parent that is whole");
    assertThat(parent).doesNotExist();
    copy(saved.resolve(parent.getFileName().toString()), parent);
    Files.delete(parent.resolve("index"));
    verifyWithoutMetric(data, expected);
    assertThat(parent).doesNotExist();
  }

  private static void verifyWithoutMetric(Path data, String expected) throws Exception {
    try (TestDatabase test = TestDatabase.open(options(data))) {
      assertThat(test.read()).isEqualTo(expected);
    }
  }

  private static Path copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path at, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(at).toString()));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path at, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(at, to.resolve(from.relativize(at).toString()));
            return FileVisitResult.CONTINUE;
          }
        });
    return to;
  }
}
