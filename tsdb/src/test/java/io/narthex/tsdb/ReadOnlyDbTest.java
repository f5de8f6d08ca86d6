package io.narthex.tsdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.narthex.client.MetricRegistry;
import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.Histogram;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Matcher;
import io.narthex.storage.Appender;
import io.narthex.storage.Querier;
import io.narthex.storage.SampleBuffer;
import io.narthex.storage.SelectHints;
import io.narthex.storage.SeriesSet;
import io.narthex.storage.StorageException;
import io.narthex.tsdb.block.Block;
import io.narthex.tsdb.encoding.Folders;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReadOnlyDbTest {
  private static final long BLOCK = 60_000;
  private static final long T0 = 1_700_000_000_000L / BLOCK * BLOCK;
  private static final List<Matcher> ALL = List.of(Matcher.equal("__name__", "up"));

  @TempDir private Path folder;
  @TempDir private Path sandbox;

  private Db open() throws Exception {
    DbOptions options =
        DbOptions.of(folder).withBlocks(BLOCK, 3 * BLOCK).withRetention(0, 0).withReload(3_600_000);
    Db db = Db.open(options, new MetricRegistry());
    db.ready().get();
    return db;
  }

  private static void fill(Db db, int from, int to) {
    for (int i = from; i < to; i++) {
      try (Appender appender = db.appender()) {
        for (int series = 0; series < 3; series++) {
          long ref = appender.series(Labels.of("__name__", "up", "i", Integer.toString(series)));
          appender.append(ref, T0 + i * 100L, i * 0.1 + series);
        }
        appender.commit();
      }
    }
  }

  private static String read(Querier querier) {
    return NaiveDatabase.read(querier, Long.MIN_VALUE, Long.MAX_VALUE, ALL);
  }

  private String readOnly() {
    try (ReadOnlyDb db = ReadOnlyDb.open(folder, sandbox)) {
      return read(view(db));
    }
  }

  /** All of it, which must be whole. */
  private static Querier view(ReadOnlyDb db) {
    List<ReadOnlyDb.Damage> damage = new ArrayList<>();
    Querier querier = view(db, damage);
    assertThat(damage).isEmpty();
    return querier;
  }

  private static Querier view(ReadOnlyDb db, List<ReadOnlyDb.Damage> damage) {
    return db.view(Long.MIN_VALUE, Long.MAX_VALUE, (_, _) -> {}, damage::add).querier();
  }

  /** Every file with its size and time of change. */
  private TreeMap<String, String> files() throws IOException {
    TreeMap<String, String> found = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.filter(Files::isRegularFile).toList()) {
        found.put(path.toString(), Files.size(path) + " " + Files.getLastModifiedTime(path));
      }
    }
    return found;
  }

  @Test
  void seesWhatTheServerSeesWhileThatRunsAndChangesNothing() throws Exception {
    try (Db db = open()) {
      fill(db, 0, 2_000);
      db.compact();
      db.delete(T0 + 10_000, T0 + 20_000, List.of(Matcher.equal("i", "1")));
      db.delete(T0 + 190_000, T0 + 195_000, List.of(Matcher.equal("i", "2")));
      String expected;
      try (Querier querier = db.querier(Long.MIN_VALUE, Long.MAX_VALUE)) {
        expected = read(querier);
      }
      TreeMap<String, String> before = files();
      assertThat(before.keySet()).anyMatch(name -> name.endsWith("index"));
      assertThat(readOnly()).isEqualTo(expected);
      assertThat(files()).isEqualTo(before);
      assertThat(sandbox).isEmptyDirectory();
    }
  }

  @Test
  void seesTheSameAfterAnUncleanStop() throws Exception {
    Path copy = Files.createDirectory(sandbox.resolve("copy"));
    String expected;
    try (Db db = open()) {
      fill(db, 0, 5_000);
      try (Querier querier = db.querier(Long.MIN_VALUE, Long.MAX_VALUE)) {
        expected = read(querier);
      }
      copyTo(copy);
    }
    try (ReadOnlyDb db = ReadOnlyDb.open(copy, sandbox)) {
      assertThat(read(view(db))).isEqualTo(expected);
    }
  }

  private void copyTo(Path copy) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.toList()) {
        Path target = copy.resolve(folder.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.copy(path, target);
        }
      }
    }
  }

  @Test
  void tornEndOfTheLogEndsTheReplay() throws Exception {
    try (Db db = open()) {
      fill(db, 0, 100);
    }
    String whole = readOnly();
    Path segment = folder.resolve("wal/00000000");
    long size = Files.size(segment);
    try (FileChannel channel = FileChannel.open(segment, StandardOpenOption.WRITE)) {
      // A full fragment of 100 bytes of which nothing has been written yet.
      channel.write(ByteBuffer.wrap(new byte[] {1, 0, 100, 1, 2, 3, 4, 9}), size);
    }
    assertThat(readOnly()).isEqualTo(whole);
    assertThat(Files.size(segment)).isEqualTo(size + 8);
  }

  @Test
  void readsBehindDamageInAnOlderSegmentAndNamesIt() throws Exception {
    try (Db db = open()) {
      fill(db, 0, 50);
    }
    try (Db db = open()) {
      fill(db, 50, 100);
    }
    String whole = readOnly();
    Path segment = folder.resolve("wal/00000000");
    byte[] bytes = Files.readAllBytes(segment);
    int end = bytes.length;
    while (bytes[end - 1] == 0) {
      end--;
    }
    Files.write(segment, Arrays.copyOf(bytes, end / 2 - 5));
    String left;
    try (ReadOnlyDb db = ReadOnlyDb.open(folder, sandbox)) {
      List<ReadOnlyDb.Damage> damage = new ArrayList<>();
      left = read(view(db, damage));
      assertThat(damage).hasSize(1);
      assertThat(damage.getFirst().kind()).isEqualTo(ReadOnlyDb.Damage.Kind.LOG);
      assertThat(damage.getFirst().text()).contains(segment.toString());
      assertThat(left.length()).isLessThan(whole.length());
      assertThat(left.contains((T0 + 99 * 100L) + "=")).isTrue();
    }
    // A server that opens the directory sees the same.
    try (Db db = open();
        Querier querier = db.querier(Long.MIN_VALUE, Long.MAX_VALUE)) {
      assertThat(left.equals(read(querier))).isTrue();
    }
  }

  @Test
  void leavesNothingBehindWhereItIsInterrupted() throws Exception {
    try (Db db = open()) {
      fill(db, 0, 5_000);
    }
    Thread.currentThread().interrupt();
    try (ReadOnlyDb db = ReadOnlyDb.open(folder, sandbox)) {
      assertThatThrownBy(() -> view(db)).isInstanceOf(StorageException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(sandbox).isEmptyDirectory();
  }

  @Test
  void tellsIntegerHistogramsFromFloatOnes() throws Exception {
    Labels labels = Labels.of("__name__", "up");
    Histogram histogram =
        new Histogram(
            CounterResetHint.UNKNOWN,
            0,
            0,
            0,
            1_234_567,
            5,
            new int[] {0, 1},
            new long[] {1_234_567},
            new int[0],
            new long[0],
            new double[0]);
    try (Db db = open();
        Appender appender = db.appender()) {
      long ref = appender.series(labels);
      appender.append(ref, T0, histogram);
      appender.append(ref, T0 + 1, histogram.toFloat());
      appender.append(ref, T0 + 2, 7.0);
      appender.commit();
    }
    try (ReadOnlyDb db = ReadOnlyDb.open(folder, sandbox)) {
      SeriesSet set = view(db).select(SelectHints.range(T0, T0 + 2), ALL);
      SampleBuffer samples = new SampleBuffer();
      set.read(0, T0, T0 + 2, samples);
      assertThat(samples.size()).isEqualTo(3);
      assertThat(samples.hasIntegers(0)).isTrue();
      assertThat(samples.hasIntegers(1)).isFalse();
      assertThat(samples.hasIntegers(2)).isFalse();
      assertThat(samples.histograms[0].toIntegerString())
          .isEqualTo("{count:1234567, sum:5, (0.5,1]:1234567}");
      assertThat(samples.histograms[1])
          .hasToString("{count:1.234567e+06, sum:5, (0.5,1]:1.234567e+06}");
    }
  }

  @Test
  void readsBlocksThatHaveNoLogBesideThem() throws Exception {
    try (Db db = open()) {
      fill(db, 0, 2_000);
      db.compact();
    }
    long logged = count(readOnly());
    Folders.delete(folder.resolve("wal"));
    Folders.delete(folder.resolve("chunks_head"));
    assertThat(count(readOnly())).isPositive().isLessThan(logged);
  }

  @Test
  void namesMissingFoldersAndBlocks() throws Exception {
    try (Db db = open()) {
      fill(db, 0, 2_000);
      db.compact();
    }
    assertThatThrownBy(() -> ReadOnlyDb.open(folder.resolve("none")))
        .hasMessage(
            "opening the db dir: stat " + folder.resolve("none") + ": no such file or directory");
    assertThatThrownBy(() -> ReadOnlyDb.open(folder, folder.resolve("none")))
        .hasMessageStartingWith("setting up sandbox dir: ");
    String ulid;
    try (ReadOnlyDb db = ReadOnlyDb.open(folder, sandbox)) {
      ulid = db.newestFirst().getFirst().toString();
      assertThat(db.block(ulid).meta().ulid()).hasToString(ulid);
      assertThatThrownBy(() -> db.block("a/b")).hasMessageStartingWith("invalid block ID");
      assertThatThrownBy(() -> db.block("x")).hasMessage("invalid block ID x");
    }
    try (ReadOnlyDb db = ReadOnlyDb.open(sandbox, sandbox)) {
      assertThat(db.blocks(damage -> fail(damage.text()))).isEmpty();
      assertThat(db.newestFirst()).isEmpty();
      assertThatThrownBy(() -> view(db))
          .hasMessageStartingWith("read WAL: find last checkpoint: open ");
    }
  }

  /** Makes two blocks or more beside the log and returns the folder of the oldest one. */
  private Path oldestBlock() throws Exception {
    try (Db db = open()) {
      fill(db, 0, 4_000);
      db.compact();
    }
    try (ReadOnlyDb db = ReadOnlyDb.open(folder, sandbox)) {
      List<Block> blocks = db.blocks(damage -> fail(damage.text()));
      assertThat(blocks).hasSizeGreaterThan(1);
      return blocks.getFirst().folder();
    }
  }

  @Test
  void setsADamagedBlockAsideAndReadsTheRest() throws Exception {
    Path block = oldestBlock();
    String whole = readOnly();
    Files.write(block.resolve("index"), new byte[10]);
    List<ReadOnlyDb.Damage> damage = new ArrayList<>();
    String left;
    try (ReadOnlyDb db = ReadOnlyDb.open(folder, sandbox)) {
      left = read(view(db, damage));
    }
    assertThat(damage).hasSize(1);
    assertThat(damage.getFirst().kind()).isEqualTo(ReadOnlyDb.Damage.Kind.BLOCK);
    assertThat(damage.getFirst().text())
        .startsWith("block " + block.getFileName() + " cannot be read and is left out: ")
        .contains(block.resolve("index").toString());
    assertThat(left).isNotEmpty();
    assertThat(whole.length()).isGreaterThan(left.length());
    assertThat(left).contains((T0 + 3_999 * 100L) + "=");
  }

  @Test
  void passesOverAFolderThatDoesNotSayWhatBlockItIs() throws Exception {
    Path block = oldestBlock();
    Files.delete(block.resolve("meta.json"));
    List<ReadOnlyDb.Damage> damage = new ArrayList<>();
    try (ReadOnlyDb db = ReadOnlyDb.open(folder, sandbox)) {
      assertThat(db.blocks(damage::add)).isNotEmpty();
    }
    assertThat(damage)
        .extracting(ReadOnlyDb.Damage::kind)
        .containsExactly(ReadOnlyDb.Damage.Kind.BLOCK_WITHOUT_META);
  }

  @Test
  void leavesOnlyTheDamagedChunkOut() throws Exception {
    Path block = oldestBlock();
    long whole = count(readOnly());
    // The first chunk stands behind a header of 8 bytes; its data are some bytes further.
    flip(block.resolve("chunks").resolve("000001"), 30);
    List<ReadOnlyDb.Damage> damage = new ArrayList<>();
    try (ReadOnlyDb db = ReadOnlyDb.open(folder, sandbox)) {
      long left = count(read(view(db, damage)));
      assertThat(whole - left).isBetween(1L, 600L);
    }
    assertThat(damage).isNotEmpty();
    assertThat(damage.getFirst().kind()).isEqualTo(ReadOnlyDb.Damage.Kind.PART_OF_BLOCK);
    assertThat(damage.getFirst().text()).contains("000001: corrupted at byte 8");
  }

  private static long count(String samples) {
    return samples.chars().filter(c -> c == '=').count();
  }

  private static void flip(Path file, int at) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[at] ^= 0x55;
    Files.write(file, bytes);
  }
}
