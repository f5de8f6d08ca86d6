package io.narthex.tsdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.Histogram;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Matcher;
import io.narthex.model.value.Exemplar;
import io.narthex.model.value.StaleMarker;
import io.narthex.storage.AppendResult;
import io.narthex.storage.Appender;
import io.narthex.tsdb.chunk.TestHistograms;
import io.narthex.tsdb.encoding.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a clean end writes of the head's memory, and what a start makes of it. */
final class ChunkSnapshotTest {
  private static final long T0 = TestDatabase.T0;
  private static final String FAILED = "prometheus_tsdb_snapshot_replay_error_total";

  @TempDir private Path folder;
  private Path data;
  private DbOptions options;

  @BeforeEach
  void prepare() throws IOException {
    data = Files.createDirectory(folder.resolve("data"));
    options = TestDatabase.options(data).withMaxExemplars(100).withMemorySnapshot(true);
  }

  private TestDatabase open() throws Exception {
    return TestDatabase.open(options);
  }

  /** Full and open chunks, stale series, histograms of both kinds, exemplars and deletions. */
  private static void fill(TestDatabase database) {
    Random random = new Random(1);
    Histogram histogram = TestHistograms.random(random, CounterResetHint.UNKNOWN);
    for (int s = 0; s < 70; s++) {
      long t = T0 + s * 500L;
      database.append(t, 0, 8, s % 9 == 0 ? s : Math.sqrt(s));
      try (Appender appender = database.db.appender()) {
        append(appender, "ints", t, histogram);
        long floats = appender.series(Labels.of("__name__", "floats"));
        assertThat(appender.append(floats, t, histogram.toFloat())).isEqualTo(AppendResult.OK);
        long exemplar = appender.series(TestDatabase.labels(s % 8));
        appender.appendExemplar(exemplar, new Exemplar(Labels.of("id", "" + s), s, t, false));
        appender.commit();
      }
      histogram = TestHistograms.grown(random, histogram);
    }
    database.append(T0 + 40_000, 6, 7, StaleMarker.VALUE);
    database.db.delete(T0 + 1000, T0 + 3000, List.of(Matcher.equal("i", "3")));
    database.db.delete(T0 + 5000, T0 + 34_500, List.of(Matcher.equal("i", "4")));
  }

  private static void append(Appender appender, String name, long t, Histogram histogram) {
    long ref = appender.series(Labels.of("__name__", name));
    assertThat(appender.append(ref, t, histogram)).isEqualTo(AppendResult.OK);
  }

  /** All that can be asked of a database. */
  private static String answers(TestDatabase database) {
    return database.read()
        + database.db.exemplars(
            0, Long.MAX_VALUE, List.of(List.of(Matcher.equal("__name__", "up"))))
        + database.metric("prometheus_tsdb_head_stale_series")
        + database.metric("prometheus_tsdb_head_native_histogram_series")
        + database.metric("prometheus_tsdb_head_native_histogram_buckets")
        + database.metric("prometheus_tsdb_head_chunks")
        + database.metric("prometheus_tsdb_head_series")
        + database.db.headMinTime()
        + database.db.headMaxTime();
  }

  private List<Path> snapshots() throws IOException {
    try (Stream<Path> entries = Files.list(data)) {
      return entries.filter(e -> e.getFileName().toString().startsWith("chunk_snapshot")).toList();
    }
  }

  private static void flipByte(Path file, long position) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[(int) position] ^= 0x10;
    Files.write(file, bytes);
  }

  /** Fills a database and ends it; returns what it answered. */
  private String filled() throws Exception {
    try (TestDatabase database = open()) {
      fill(database);
      return answers(database);
    }
  }

  @Test
  void standsForTheLogBeforeIt() throws Exception {
    String before = filled();
    assertThat(snapshots())
        .singleElement()
        .asString()
        .matches(".*chunk_snapshot\\.000000\\.\\d{10}");
    // Nobody reads what the snapshot stands for.
    flipByte(data.resolve("wal/00000000"), 100);
    try (TestDatabase database = open()) {
      assertThat(answers(database)).isEqualTo(before);
      assertThat(database.metric(FAILED)).isZero();
      assertThat(database.metric("prometheus_tsdb_wal_corruptions_total")).isZero();
    }
  }

  @Test
  void isNeitherWrittenNorReadWithoutTheOption() throws Exception {
    String before = filled();
    options = options.withMemorySnapshot(false);
    List<Path> written = snapshots();
    flipByte(written.getFirst().resolve("00000000"), 100);
    try (TestDatabase database = open()) {
      assertThat(answers(database)).isEqualTo(before);
    }
    assertThat(snapshots()).isEqualTo(written);
  }

  @Test
  void samplesAfterItComeFromTheLog() throws Exception {
    filled();
    String expected;
    Path crashed = folder.resolve("crashed");
    try (TestDatabase database = open()) {
      database.append(T0 + 41_000, 0, 12, 7);
      expected = answers(database);
      copy(data, crashed);
    }
    options = options.withDirectory(crashed).withLockfile(false);
    try (TestDatabase database = open()) {
      assertThat(answers(database)).isEqualTo(expected);
    }
  }

  @Test
  void chunksGrowOnAsIfThereHadBeenNoRestart() throws Exception {
    options = options.withChunks(40, 512 << 20);
    String[] expected = new String[2];
    for (int restarts : new int[] {0, 1}) {
      Path directory = Files.createDirectory(folder.resolve("restarts" + restarts));
      options = options.withDirectory(directory);
      Random random = new Random(7);
      TestDatabase database = open();
      for (int s = 0; s < 500; s++) {
        long t = T0 + s * 100L + random.nextInt(90);
        database.append(t, 0, 3, random.nextBoolean() ? s : random.nextDouble());
        if (restarts == 1 && random.nextInt(10) == 0) {
          database.close();
          database = open();
        }
        if (restarts == 0) {
          boolean unused = random.nextInt(10) == 0;
        }
      }
      expected[restarts] = database.read() + database.metric("prometheus_tsdb_head_chunks");
      database.close();
    }
    assertThat(expected[1]).isEqualTo(expected[0]);
  }

  @Test
  void damageAnywhereIsToldAndTheLogReplayedInstead() throws Exception {
    String before = filled();
    Path original = folder.resolve("original");
    copy(data, original);
    Path file = original.resolve(data.relativize(snapshots().getFirst())).resolve("00000000");
    int length = (int) Files.size(file);
    Random random = new Random(3);
    for (int i = 0; i < 30; i++) {
      int position = random.nextInt(length - 1);
      Path copy = folder.resolve("copy" + i);
      copy(original, copy);
      Path damaged = copy.resolve(original.relativize(file));
      boolean cut = i % 3 == 0;
      if (cut) {
        Files.write(damaged, java.util.Arrays.copyOf(Files.readAllBytes(damaged), position));
      } else {
        flipByte(damaged, position);
      }
      options = options.withDirectory(copy);
      try (TestDatabase database = open()) {
        assertThat(database.read()).as("damage at " + position).isEqualTo(readOf(before));
        if (!isPadding(file, position)) {
          assertThat(database.metric(FAILED)).as("damage at " + position).isOne();
        }
      }
    }
  }

  private static String readOf(String answers) {
    return answers.substring(0, answers.lastIndexOf('\n') + 1);
  }

  /** Zeros up to the end of a page are read as such or not at all. */
  private static boolean isPadding(Path file, int position) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    for (int i = position; i < bytes.length; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  @Test
  void oneThatEndsBeforeAllSeriesAreReadIsNotTrusted() throws Exception {
    options = options.withWal(1 << 15, io.narthex.tsdb.wal.WalCompression.NONE);
    String before;
    try (TestDatabase database = open()) {
      fill(database);
      database.append(T0 + 41_000, 8, 2000, 1);
      before = database.read();
    }
    Path file = snapshots().getFirst().resolve("00000000");
    byte[] whole = Files.readAllBytes(file);
    assertThat(whole.length).isGreaterThan(1 << 16);
    // No record is torn where a page ends that has room left.
    for (int pages = 0; pages <= 2; pages++) {
      Path copy = folder.resolve("pages" + pages);
      copy(data, copy);
      Files.write(copy.resolve(data.relativize(file)), java.util.Arrays.copyOf(whole, pages << 15));
      options = options.withDirectory(copy);
      try (TestDatabase database = open()) {
        assertThat(database.read()).isEqualTo(before);
        assertThat(database.metric(FAILED)).isOne();
      }
    }
  }

  @Test
  void oneOfAnotherLogIsDeleted() throws Exception {
    filled();
    Folders.delete(data.resolve("wal"));
    Folders.delete(data.resolve("chunks_head"));
    List<Path> old = snapshots();
    try (TestDatabase database = open()) {
      assertThat(database.read()).isEmpty();
      assertThat(snapshots()).isEmpty();
    }
    assertThat(old).isNotEmpty();
  }

  @Test
  void samplesOfDamagedHeadChunksComeFromTheLog() throws Exception {
    String before = filled();
    Path file = data.resolve("chunks_head/000001");
    assertThat(Files.size(file)).isGreaterThan(500);
    flipByte(file, 300);
    try (TestDatabase database = open()) {
      assertThat(database.read()).isEqualTo(readOf(before));
      assertThat(database.metric("prometheus_tsdb_mmap_chunk_corruptions_total")).isOne();
    }
  }

  @Test
  void samplesOfHeadChunksThatAreGoneComeFromTheLog() throws Exception {
    String before = filled();
    Files.delete(data.resolve("chunks_head/000001"));
    try (TestDatabase database = open()) {
      assertThat(database.read()).isEqualTo(readOf(before));
      assertThat(database.metric(FAILED)).isOne();
    }
  }

  @Test
  void anEarlyEndOfAStartLeavesTheOldOne() throws Exception {
    String before = filled();
    Db early = Db.open(options, new io.narthex.client.MetricRegistry());
    early.close();
    try (TestDatabase database = open()) {
      assertThat(answers(database)).isEqualTo(before);
    }
  }

  @Test
  void batchesThatComeBeforeItIsReadAreKept() throws Exception {
    filled();
    Path crashed = folder.resolve("crashed");
    String expected;
    Db db = Db.open(options, new io.narthex.client.MetricRegistry());
    db.accepting().get();
    try (db) {
      for (int i = 0; i < 50; i++) {
        try (Appender appender = db.appender()) {
          for (int s = 0; s < 12; s++) {
            assertThat(appender.append(appender.series(TestDatabase.labels(s)), T0 + 50_000 + i, s))
                .isEqualTo(AppendResult.OK);
          }
          appender.commit();
        }
      }
      db.ready().get();
      try (var querier = db.querier(0, Long.MAX_VALUE / 2)) {
        expected =
            NaiveDatabase.read(
                querier, 0, Long.MAX_VALUE / 2, List.of(Matcher.equal("__name__", "up")));
      }
      copy(data, crashed);
    }
    assertThat(expected.lines()).hasSize(12);
    for (Path directory : List.of(data, crashed)) {
      options = options.withDirectory(directory).withLockfile(false);
      try (TestDatabase database = open()) {
        assertThat(database.read()).startsWith("{__name__=\"floats\"").endsWith(expected);
      }
    }
  }

  @Test
  void aCheckpointEndsIt() throws Exception {
    filled();
    try (TestDatabase database = open()) {
      for (int block = 1; block < 9; block++) {
        for (int s = 0; s < 30; s++) {
          database.append(T0 + block * TestDatabase.BLOCK + s * 1000, 0, 8, s);
        }
        database.db.compact();
      }
      assertThat(snapshots()).isEmpty();
    }
    assertThat(snapshots()).hasSize(1);
  }

  private static void copy(Path from, Path to) throws IOException {
    Folders.create(to);
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
}
