package io.narthex.tsdb.damage;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.client.MetricRegistry;
import io.narthex.storage.Querier;
import io.narthex.tsdb.Db;
import io.narthex.tsdb.TestMetrics;
import io.narthex.tsdb.encoding.Folders;
import io.narthex.tsdb.torture.DirectoryCopy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A damaged chunk snapshot costs time and nothing else: the log has all that is in it. */
final class SnapshotDamageTest {
  private static final long SEED = Long.getLong("narthex.damage.seed", 1);
  private static final int FLIPS = 25;
  private static final String ERRORS = "prometheus_tsdb_snapshot_replay_error_total";

  @TempDir private Path root;

  private final Random random = new Random(SEED);
  private Path intact = Path.of("");
  private Content total = new Content();
  private int trials;
  private double noticed;

  @Test
  @Timeout(600)
  void losesAndInventsNothing() throws Exception {
    Original original = new Original(SEED, root);
    total = original.total;
    intact = original.copy(root.resolve("intact"));
    open(original, intact, new MetricRegistry()).close();
    for (Path file : files()) {
      for (Damage damage : damages(file)) {
        Path data = root.resolve("trial-" + trials++);
        DirectoryCopy.of(intact, data);
        damage.action().on(data.resolve(file));
        check(original, data, file + " " + damage.what());
        Folders.delete(data);
      }
    }
    // Not all can be: zeros at the end of a page, for one, are what is there anyway.
    assertThat(noticed).isGreaterThan(trials / 2.0);
  }

  private static Db open(Original original, Path data, MetricRegistry registry) throws Exception {
    Db db = Db.open(original.options(data).withMemorySnapshot(true), registry);
    db.ready().get();
    return db;
  }

  /** Of the snapshot, relative to the data directory. */
  private List<Path> files() throws Exception {
    try (Stream<Path> files = Files.walk(intact)) {
      return files
          .filter(Files::isRegularFile)
          .map(intact::relativize)
          .filter(file -> file.getName(0).toString().startsWith("chunk_snapshot."))
          .sorted()
          .toList();
    }
  }

  private List<Damage> damages(Path file) throws Exception {
    int size = (int) Files.size(intact.resolve(file));
    List<Damage> damages = new ArrayList<>();
    damages.add(Damage.delete());
    damages.add(Damage.truncate(0));
    damages.add(Damage.truncate(size / 2));
    damages.add(Damage.zero(0, 4096));
    damages.add(Damage.zero(size / 2, 100));
    damages.add(Damage.append((byte) 0x91, (byte) 7, (byte) 0xff));
    damages.add(Damage.folderInstead());
    damages.add(Damage.rename("00000077"));
    damages.add(Damage.duplicate("00000077"));
    for (int i = 0; i < FLIPS; i++) {
      damages.add(Damage.flip(random.nextInt(8 * size)));
    }
    return damages;
  }

  private void check(Original original, Path data, String where) throws Exception {
    MetricRegistry registry = new MetricRegistry();
    try (Db db = open(original, data, registry)) {
      checkContent(db, where + ", seed " + SEED);
      noticed += TestMetrics.value(registry, ERRORS);
    }
    MetricRegistry next = new MetricRegistry();
    try (Db db = open(original, data, next)) {
      checkContent(db, where + ", seed " + SEED + ", after a restart");
      assertThat(TestMetrics.value(next, ERRORS)).as(where + ", after a restart").isZero();
    }
  }

  private void checkContent(Db db, String where) {
    Content found;
    try (Querier querier = db.querier(Content.MIN, Content.MAX)) {
      found = Content.of(querier);
    }
    assertThat(total.missingIn(found)).as(where + ": lost").isEmpty();
    assertThat(found.missingIn(total)).as(where + ": invented").isEmpty();
  }
}
