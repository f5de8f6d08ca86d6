package io.narthex.tsdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A process that cuts and merges blocks, deletes from them and cleans them is killed at a chosen
 * system call. Whatever it leaves must open with every sample, and without rubbish.
 */
final class CompactionCrashTest {
  private static final long T0 = TestDatabase.T0;

  /** Calls that change folders; the n-th kill falls between two steps of the work. */
  private static final String STEPS =
      "fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,rmdir,mkdir,mkdirat";

  @TempDir private Path folder;

  /** The process that is killed: {@code FOLDER}. */
  static final class Worker {
    private Worker() {}

    public static void main(String[] arguments) throws Exception {
      try (TestDatabase test = TestDatabase.open(options(Path.of(arguments[0])))) {
        System.out.println("ready");
        test.db.compact();
        test.db.cleanTombstones();
        System.out.println("done");
      }
    }
  }

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

  @Test
  void opensWithEverySampleWhereverItIsCut() throws Exception {
    Path strace = Path.of("/usr/bin/strace");
    assumeTrue(Files.isExecutable(strace), "no strace to kill at a system call with: skipped");
    Path original = folder.resolve("original");
    String expected = fill(original);
    int steps = countSteps(strace, copy(original, folder.resolve("count")));
    assumeTrue(steps > 0, "strace may not trace here: skipped");
    for (int step = 1; step <= steps; step += 1 + steps / 9) {
      Path cut = copy(original, folder.resolve("cut" + step));
      run(strace, cut, "inject=" + STEPS + ":signal=KILL:when=" + step);
      verify(cut, expected, "cut at step " + step + " of " + steps);
    }
  }

  private static int countSteps(Path strace, Path data) throws Exception {
    Path log = data.resolveSibling("steps.log");
    String output = run(strace, data, "trace=" + STEPS, "-o", log.toString());
    if (!output.contains("done")) {
      return 0;
    }
    try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
      return (int) lines.filter(line -> line.contains("(")).count();
    }
  }

  private static String run(Path strace, Path data, String expression, String... more)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(strace.toString(), "-f", "-qq", "--seccomp-bpf", "-e", expression));
    command.addAll(List.of(more));
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx100m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Worker.class.getName(),
            data.toString()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    return output;
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
