package io.narthex.tsdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.client.MetricRegistry;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Matcher;
import io.narthex.storage.Appender;
import io.narthex.storage.DatabaseAdmin.Statistics;
import io.narthex.storage.Querier;
import io.narthex.storage.StorageException;
import io.narthex.tsdb.block.Ulid;
import io.narthex.tsdb.wal.WalCompression;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DbTest {
  private static final long BLOCK = 60_000;
  private static final long T0 = 1_700_000_000_000L / BLOCK * BLOCK;
  private static final Matcher ALL = Matcher.equal("__name__", "up");

  @TempDir private Path folder;

  private DbOptions options() {
    return DbOptions.of(folder)
        .withBlocks(BLOCK, 3 * BLOCK)
        .withRetention(0, 0)
        .withReload(3_600_000);
  }

  private Db open(DbOptions options) throws Exception {
    Db db = Db.open(options, new MetricRegistry());
    db.ready().get();
    return db;
  }

  private static void append(Db db, long t, int series) {
    try (Appender appender = db.appender()) {
      for (int i = 0; i < series; i++) {
        appender.append(
            appender.series(Labels.of("__name__", "up", "i", Integer.toString(i))), t, i);
      }
      appender.commit();
    }
  }

  private static long lines(Db db, long mint, long maxt) {
    try (Querier querier = db.querier(mint, maxt)) {
      return NaiveDatabase.read(querier, mint, maxt, List.of(ALL)).lines().count();
    }
  }

  private static int samples(Db db, long mint, long maxt) {
    try (Querier querier = db.querier(mint, maxt)) {
      String text = NaiveDatabase.read(querier, mint, maxt, List.of(ALL));
      return (int) text.chars().filter(c -> c == '.').count();
    }
  }

  @Test
  void refusesDirectoryThatIsLocked() throws Exception {
    try (Db db = open(options())) {
      assertThatThrownBy(() -> Db.open(options(), new MetricRegistry()))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("data directory " + folder + " is locked")
          .hasMessageContaining(Long.toString(ProcessHandle.current().pid()))
          .hasMessageContaining("stop that process or choose another directory");
      assertThat(db.isReady()).isTrue();
    }
    assertThat(folder.resolve("lock")).doesNotExist();
    open(options()).close();
  }

  @Test
  void opensLockedDirectoryWithoutLockfileAsTold() throws Exception {
    try (Db db = open(options().withLockfile(false))) {
      assertThat(folder.resolve("lock")).doesNotExist();
      assertThat(db.isReady()).isTrue();
    }
  }

  @Test
  void saysWhyDirectoryCannotBeMade() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> Db.open(DbOptions.of(file.resolve("data")), new MetricRegistry()))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining(file.resolve("data").toString());
  }

  @Test
  void dropsBlocksBeyondRetention() throws Exception {
    try (Db db = open(options())) {
      for (int i = 0; i < 100; i++) {
        append(db, T0 + i * 10_000L, 2);
      }
      db.compact();
      long oldest = db.oldestTime();
      assertThat(oldest).isEqualTo(T0);
      db.retention(new RetentionLimits(5 * BLOCK, 0, 0));
      db.compact();
      assertThat(db.oldestTime()).isBetween(T0 + BLOCK, T0 + 15 * BLOCK);
      assertThat(lines(db, T0, T0 + 1_000_000)).isEqualTo(2);
      db.retention(new RetentionLimits(0, 1, 0));
      db.compact();
      assertThat(db.blockMetas()).isEmpty();
      assertThat(lines(db, T0, T0 + 1_000_000)).isEqualTo(2);
    }
  }

  @Test
  void deletesInHeadAndBlocksAndStaysDeleted() throws Exception {
    try (Db db = open(options())) {
      for (int i = 0; i < 30; i++) {
        append(db, T0 + i * 10_000L, 2);
      }
      db.compact();
      db.delete(T0 + 20_000, T0 + 280_000, List.of(Matcher.equal("i", "1")));
      assertThat(samples(db, T0, T0 + 1_000_000)).isEqualTo(30 + 3);
    }
    try (Db db = open(options())) {
      assertThat(samples(db, T0, T0 + 1_000_000)).isEqualTo(30 + 3);
      db.cleanTombstones();
      assertThat(samples(db, T0, T0 + 1_000_000)).isEqualTo(30 + 3);
      assertThat(String.join("", db.blockMetas())).doesNotContain("numTombstones");
    }
  }

  @Test
  void snapshotIsADirectoryOfItsOwn() throws Exception {
    try (Db db = open(options())) {
      for (int i = 0; i < 30; i++) {
        append(db, T0 + i * 10_000L, 2);
      }
      db.compact();
      String withoutHead = db.snapshot(true);
      String withHead = db.snapshot(false);
      assertThat(withHead).matches("\\d{8}T\\d{6}Z-[0-9a-f]{16}").isNotEqualTo(withoutHead);
      DbOptions copy =
          DbOptions.of(folder.resolve("snapshots").resolve(withHead))
              .withBlocks(BLOCK, BLOCK)
              .withRetention(0, 0)
              .withReload(3_600_000);
      try (Db restored = open(copy)) {
        assertThat(samples(restored, T0, T0 + 1_000_000)).isEqualTo(60);
      }
    }
  }

  @Test
  void repairsDamagedLogAndKeepsWhatIsBeforeTheDamage() throws Exception {
    try (Db db = open(options().withWal(128 << 20, WalCompression.NONE))) {
      for (int i = 0; i < 300; i++) {
        append(db, T0 + i * 100L, 20);
      }
    }
    Path segment = folder.resolve("wal").resolve("00000000");
    long size = Files.size(segment);
    try (FileChannel channel = FileChannel.open(segment, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {'x', 'y', 'z'}), size / 2);
    }
    int left;
    try (Db db = open(options())) {
      assertThat(db.corruptions()).isEqualTo(1);
      left = samples(db, T0, T0 + 1_000_000);
      assertThat(left).isBetween(1000, 5900);
      append(db, T0 + 30_000, 20);
    }
    try (Db db = open(options())) {
      assertThat(db.corruptions()).isZero();
      assertThat(samples(db, T0, T0 + 1_000_000)).isEqualTo(left + 20);
    }
  }

  @Test
  void readsOnWithoutABlockThatIsDamaged() throws Exception {
    try (Db db = open(options())) {
      for (int i = 0; i < 30; i++) {
        append(db, T0 + i * 10_000L, 2);
      }
      db.compact();
    }
    Path damaged;
    try (Stream<Path> entries = Files.list(folder)) {
      damaged =
          entries
              .filter(entry -> Files.exists(entry.resolve("index")))
              .sorted()
              .findFirst()
              .orElseThrow();
    }
    Files.write(damaged.resolve("index"), new byte[10]);
    try (Db db = open(options())) {
      assertThat(samples(db, T0, T0 + 1_000_000)).isBetween(20, 58);
      assertThat(damaged).exists();
    }
  }

  @Test
  void opensWithoutHeadChunksWhoseFileIsDamaged() throws Exception {
    try (Db db = open(options())) {
      for (int i = 0; i < 300; i++) {
        append(db, T0 + i * 100L, 3);
      }
    }
    Path chunks = folder.resolve("chunks_head").resolve("000001");
    assertThat(chunks).exists();
    Files.write(chunks, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9});
    try (Db db = open(options())) {
      assertThat(samples(db, T0, T0 + BLOCK)).isEqualTo(900);
    }
  }

  @Test
  void removesANewBlockThatDoesNotOpen() throws Exception {
    try (Db db = open(options())) {
      append(db, T0, 1);
      append(db, T0 + 2 * BLOCK, 1);
      db.compact();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      Path block =
          entries.filter(entry -> Files.exists(entry.resolve("index"))).findFirst().orElseThrow();
      Files.write(block.resolve("index"), new byte[10]);
      Ulid ulid = Ulid.parse(block.getFileName().toString()).orElseThrow();
      try (Blocks blocks = new Blocks(folder, new DbMetrics(new MetricRegistry()))) {
        blocks.reload(new Blocks.Limits(RetentionLimits.NONE, 0));
        assertThat(blocks.isBroken(ulid)).isTrue();
        blocks.deleteBroken(ulid);
        assertThat(blocks.isBroken(ulid)).isFalse();
      }
      assertThat(block).doesNotExist();
    }
  }

  @Test
  void countsWhatIsInTheHead() throws Exception {
    try (Db db = open(options())) {
      append(db, T0, 12);
      Statistics statistics = db.statistics(2);
      assertThat(statistics.series()).isEqualTo(12);
      assertThat(statistics.labelPairs()).isEqualTo(13);
      assertThat(statistics.chunks()).isEqualTo(12);
      assertThat(statistics.mint()).isEqualTo(T0);
      assertThat(statistics.maxt()).isEqualTo(T0);
      assertThat(statistics.seriesCountByMetricName()).hasSize(1);
      assertThat(statistics.seriesCountByMetricName().getFirst().value()).isEqualTo(12);
      assertThat(statistics.labelValueCountByLabelName().getFirst().name()).isEqualTo("i");
      assertThat(statistics.seriesCountByLabelValuePair().getFirst().name())
          .isEqualTo("__name__=up");
      assertThat(statistics.memoryInBytesByLabelName().getFirst().value()).isEqualTo(12 * (9 + 3));
    }
  }

  @Test
  void compactsOnItsOwn() throws Exception {
    try (Db db = open(options().withReload(50))) {
      for (int i = 0; i < 100; i++) {
        append(db, T0 + i * 10_000L, 2);
      }
      for (int i = 0; i < 3000 && db.headMinTime() < T0 + 900_000; i++) {
        Thread.sleep(20);
      }
      assertThat(db.blockMetas()).isNotEmpty();
      assertThat(samples(db, T0, T0 + 1_000_000)).isEqualTo(200);
    }
  }
}
