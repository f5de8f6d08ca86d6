package io.narthex.tsdb.damage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.client.MetricRegistry;
import io.narthex.model.labels.Labels;
import io.narthex.storage.Appender;
import io.narthex.storage.Querier;
import io.narthex.storage.StorageException;
import io.narthex.tsdb.Db;
import io.narthex.tsdb.DbOptions;
import io.narthex.tsdb.TestMetrics;
import io.narthex.tsdb.wal.WalCompression;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are damaged behind the back of a database that has them open. */
final class DamageWhileRunningTest {
  private static final long BLOCK = 60_000;
  private static final long T0 = 1_700_000_000_000L / (9 * BLOCK) * (9 * BLOCK);

  @TempDir private Path folder;

  private final MetricRegistry registry = new MetricRegistry();

  private Db open(MetricRegistry metrics) throws Exception {
    DbOptions options =
        DbOptions.of(folder)
            .withBlocks(BLOCK, 9 * BLOCK)
            .withRetention(0, 0)
            .withReload(3_600_000)
            .withWal(1 << 15, WalCompression.NONE)
            .withChunks(10, 512 << 20);
    Db db = Db.open(options, metrics);
    db.ready().get();
    return db;
  }

  private static void append(Db db, int from, int to) {
    for (int n = from; n < to; n++) {
      try (Appender appender = db.appender()) {
        for (int i = 0; i < 20; i++) {
          appender.append(appender.series(labels(i)), T0 + n * 1000L, Math.sqrt(n * 31 + i));
        }
        appender.commit();
      }
    }
  }

  private static Labels labels(int i) {
    return Labels.of("__name__", "m", "i", Integer.toString(i));
  }

  private static int samples(Db db, int from, int to) {
    long mint = T0 + from * 1000L;
    long maxt = T0 + to * 1000L - 1;
    try (Querier querier = db.querier(mint, maxt)) {
      return Content.of(querier).within(mint, maxt).size();
    }
  }

  private double metric(String name) {
    return TestMetrics.value(registry, "prometheus_tsdb_" + name);
  }

  private static void flip(Path file, long at) throws IOException {
    try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
      access.seek(at);
      int before = access.read();
      access.seek(at);
      access.write(before ^ 0x10);
    }
  }

  private List<Path> blocks() throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(e -> Files.exists(e.resolve("index"))).sorted().toList();
    }
  }

  @Test
  void aDamagedChunkFailsOnlyQueriesThatNeedIt() throws Exception {
    try (Db db = open(registry)) {
      append(db, 0, 180);
      db.compact();
      Path chunks = blocks().getFirst().resolve("chunks").resolve("000001");
      flip(chunks, 40);
      assertThatThrownBy(() -> samples(db, 0, 180))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining(chunks.toString())
          .hasMessageContaining("byte 8")
          .hasMessageContaining("checksum");
      assertThat(samples(db, 60, 180)).isEqualTo(120 * 20);
      try (Querier querier = db.querier(T0, T0 + 59_999)) {
        Content other = Content.of(querier, Content.matchers(labels(7)), T0, T0 + 59_999);
        assertThat(other.size()).isEqualTo(60);
      }
    }
  }

  @Test
  void aBlockThatIsCutFailsQueriesAndNotTheProcess() throws Exception {
    try (Db db = open(registry)) {
      append(db, 0, 180);
      db.compact();
      Path chunks = blocks().getFirst().resolve("chunks").resolve("000001");
      try (RandomAccessFile file = new RandomAccessFile(chunks.toFile(), "rw")) {
        file.setLength(0);
      }
      assertThatThrownBy(() -> samples(db, 0, 180))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining(blocks().getFirst().toString());
      assertThat(samples(db, 60, 180)).isEqualTo(120 * 20);
      append(db, 180, 190);
      assertThat(samples(db, 60, 190)).isEqualTo(130 * 20);
    }
  }

  @Test
  void compactionMarksDamagedBlocksAndGoesOnWithOthers() throws Exception {
    try (Db db = open(registry)) {
      append(db, 0, 230);
      db.compact();
      assertThat(blocks()).hasSize(3);
      Path damaged = blocks().getFirst();
      flip(damaged.resolve("chunks").resolve("000001"), 40);
      append(db, 230, 480);
      assertThatThrownBy(db::compact)
          .isInstanceOf(StorageException.class)
          .hasMessageContaining(damaged.toString());
      assertThat(metric("compactions_failed_total")).isEqualTo(1);
      assertThat(Files.readString(damaged.resolve("meta.json"))).contains("\"failed\": true");
      db.compact();
      assertThat(metric("compactions_failed_total")).isEqualTo(1);
      // The next three blocks are merged.
      assertThat(String.join("", db.blockMetas())).contains("\"level\": 2");
      assertThat(samples(db, 60, 480)).isEqualTo(420 * 20);
    }
  }

  @Test
  void aDamagedLogIsToldOfWhenItIsCutAndCutWhereTheDamageIs() throws Exception {
    try (Db db = open(registry)) {
      append(db, 0, 900);
      flip(folder.resolve("wal").resolve("00000001"), 100);
      assertThatThrownBy(db::compact)
          .isInstanceOf(StorageException.class)
          .hasMessageContaining(folder.resolve("wal").resolve("00000001").toString());
      assertThat(metric("checkpoint_creations_failed_total")).isEqualTo(1);
      assertThat(metric("wal_corruptions_total")).isEqualTo(1);
      append(db, 900, 1300);
      db.compact();
      assertThat(metric("checkpoint_creations_total")).isEqualTo(2);
      assertThat(metric("checkpoint_creations_failed_total")).isEqualTo(1);
      assertThat(samples(db, 0, 1300)).isEqualTo(1300 * 20);
    }
    try (Db db = open(new MetricRegistry())) {
      assertThat(db.corruptions()).isZero();
      // What the segment had is in blocks by now.
      assertThat(samples(db, 0, 1300)).isEqualTo(1300 * 20);
    }
  }

  @Test
  void aDamagedHeadChunkFailsQueriesUntilARestartMakesItAnewFromTheLog() throws Exception {
    try (Db db = open(new MetricRegistry())) {
      append(db, 0, 30);
    }
    Path chunks = folder.resolve("chunks_head").resolve("000001");
    try (Db db = open(registry)) {
      append(db, 30, 120);
      flip(chunks, 50);
      assertThatThrownBy(() -> samples(db, 0, 120))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining(chunks.toString());
      assertThat(samples(db, 30, 120)).isEqualTo(90 * 20);
      assertThatThrownBy(db::compact)
          .isInstanceOf(StorageException.class)
          .hasMessageContaining(chunks.toString());
    }
    MetricRegistry second = new MetricRegistry();
    try (Db db = open(second)) {
      assertThat(TestMetrics.value(second, "prometheus_tsdb_mmap_chunk_corruptions_total"))
          .isEqualTo(1);
      assertThat(samples(db, 0, 120)).isEqualTo(120 * 20);
      db.compact();
      assertThat(samples(db, 0, 120)).isEqualTo(120 * 20);
    }
  }
}
