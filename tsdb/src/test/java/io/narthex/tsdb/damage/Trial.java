package io.narthex.tsdb.damage;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.client.MetricRegistry;
import io.narthex.model.labels.Labels;
import io.narthex.storage.AppendResult;
import io.narthex.storage.Appender;
import io.narthex.storage.Querier;
import io.narthex.storage.StorageException;
import io.narthex.tsdb.Db;
import io.narthex.tsdb.TestMetrics;
import io.narthex.tsdb.block.BlockMeta;
import io.narthex.tsdb.block.BlockMetaFile;
import io.narthex.tsdb.torture.SampleText;
import io.narthex.tsdb.wal.WalReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** One damage to one file, and what becomes of the directory. */
final class Trial {
  private static final long LATER = Original.T0 + 700_000;
  private static final List<String> COUNTERS =
      List.of(
          "prometheus_tsdb_wal_corruptions_total",
          "prometheus_tsdb_mmap_chunk_corruptions_total",
          "prometheus_tsdb_reloads_failures_total");

  private final Original original;
  private final Path file;
  private final Kind kind;
  private final Damage damage;
  private final Path data;
  private final Content survivors;
  private final Content appended = new Content();
  private MetricRegistry registry = new MetricRegistry();

  /**
   * @param file relative to the data directory
   * @param data does not exist yet
   */
  Trial(Original original, Path file, Damage damage, Path data) {
    this.original = original;
    this.file = file;
    this.kind = Kind.of(file);
    this.damage = damage;
    this.data = data;
    this.survivors = survivors();
  }

  @Override
  public String toString() {
    return file + " " + damage.what();
  }

  private Content survivors() {
    Path damaged = original.folder.resolve(file);
    return switch (kind) {
      case WAL, CHECKPOINT ->
          blocks(Optional.empty())
              .plus(
                  LoggedSamples.of(original.folder, damaged, damage.at())
                      .withOutOfOrder(original.folder)
                      .of(original.total));
      case WBL -> {
        Content all = LoggedSamples.outOfOrder(original.folder, Path.of(""), 0).of(original.total);
        Content kept =
            LoggedSamples.outOfOrder(original.folder, damaged, damage.at()).of(original.total);
        yield original.total.without(all.without(kept)).plus(blocks(Optional.empty()));
      }
      case CHUNKS, INDEX, TOMBSTONES, META ->
          blocks(Optional.of(file.getName(0))).plus(original.head());
      case HEAD_CHUNKS, SERIES_STATE, LOCK -> original.total;
    };
  }

  private Content blocks(Optional<Path> except) {
    Content sum = new Content();
    for (Map.Entry<Path, Content> block : original.blocks.entrySet()) {
      if (except.isEmpty() || !block.getKey().equals(except.get())) {
        sum.addAll(block.getValue());
      }
    }
    return sum;
  }

  /**
   * @param compacting whether blocks are cut and merged before the second start, which takes
   *     longest
   */
  void run(boolean compacting) throws Exception {
    original.copy(data);
    damage.action().on(data.resolve(file));
    boolean mayBeSilent = formatCannotTell();
    Optional<Db> opened = open();
    if (opened.isEmpty()) {
      return;
    }
    Content before;
    try (Db db = opened.get()) {
      check(db, "at first");
      if (faulty.isEmpty() && !mayBeSilent && !original.total.missingIn(read(db)).isEmpty()) {
        assertThat(complaints()).as("%s: lost silently", this).isPositive();
      }
      append(db);
      check(db, "after an append");
      if (compacting) {
        compact(db);
        check(db, "after a compaction");
      }
      before = read(db);
    }
    registry = new MetricRegistry();
    try (Db db = open().orElseThrow()) {
      Content after = read(db);
      assertThat(before.missingIn(after)).as("%s: lost by a restart", this).isEmpty();
      check(db, "after a restart");
      if (!kind.isOfBlock()) {
        assertThat(complaints()).as("%s: complaints after a restart", this).isZero();
      }
    }
  }

  /** A log that ends with a whole record, or has lost a whole segment at an end. */
  private boolean formatCannotTell() {
    Path at = data.resolve(file);
    return switch (kind) {
      case WBL -> !Files.exists(at) || isWhole(at);
      case WAL, CHECKPOINT -> Files.exists(at) && isWhole(at);
      default -> false;
    };
  }

  private static boolean isWhole(Path segment) {
    int number = Integer.parseInt(segment.getFileName().toString());
    try (WalReader reader = WalReader.open(segment.getParent(), number, number)) {
      while (reader.next()) {
        // To its end.
      }
      return true;
    } catch (StorageException e) {
      return false;
    }
  }

  /** Empty where it does not open and says why. */
  private Optional<Db> open() throws Exception {
    try {
      Db db = Db.open(original.options(data), registry);
      try {
        db.ready().get(60, TimeUnit.SECONDS);
        return Optional.of(db);
      } catch (ExecutionException e) {
        db.close();
        checkRefusal(e.getCause());
      }
    } catch (StorageException e) {
      checkRefusal(e);
    }
    return Optional.empty();
  }

  private void checkRefusal(Throwable e) {
    assertThat(e)
        .as("%s: why it does not open", this)
        .isInstanceOf(StorageException.class)
        .hasMessageContaining(data.resolve(file).toString());
    assertThat(damage.mayPreventStart()).as("%s: %s", this, e.getMessage()).isTrue();
  }

  private double complaints() {
    return COUNTERS.stream().mapToDouble(name -> TestMetrics.value(registry, name)).sum();
  }

  private void check(Db db, String when) {
    Content found = read(db);
    Content allowed = original.written().plus(appended);
    assertThat(found.missingIn(allowed)).as("%s: invented %s", this, when).isEmpty();
    if (timesAreWrong()) {
      return;
    }
    Content wanted = survivors.plus(appended);
    if (faulty.isEmpty()) {
      assertThat(wanted.missingIn(found)).as("%s: lost %s", this, when).isEmpty();
    } else {
      checkBeside(db, wanted, when);
    }
  }

  /** No checksum protects meta.json: a block may be looked for in vain where it should be. */
  private boolean timesAreWrong() {
    if (kind != Kind.META) {
      return false;
    }
    BlockMeta meta = BlockMetaFile.read(original.folder.resolve(file).getParent());
    try {
      BlockMeta now = BlockMetaFile.read(data.resolve(file).getParent());
      return now.minTime() != meta.minTime() || now.maxTime() != meta.maxTime();
    } catch (StorageException e) {
      return false;
    }
  }

  /** Series that could not be read as a whole. */
  private final List<Labels> faulty = new ArrayList<>();

  private Content read(Db db) {
    faulty.clear();
    try {
      return read(db, Content.MIN, Content.MAX);
    } catch (StorageException e) {
      checkFault(e);
    }
    Content found = new Content();
    for (Labels labels : original.written().plus(appended).labels()) {
      try (Querier querier = db.querier(Content.MIN, Content.MAX)) {
        found.addAll(Content.of(querier, Content.matchers(labels), Content.MIN, Content.MAX));
      } catch (StorageException e) {
        checkFault(e);
        faulty.add(labels);
      }
    }
    assertThat(faulty).as("%s: only all series together cannot be read", this).isNotEmpty();
    return found;
  }

  private static Content read(Db db, long mint, long maxt) {
    try (Querier querier = db.querier(mint, maxt)) {
      return Content.of(querier).within(mint, maxt);
    }
  }

  private void checkFault(StorageException e) {
    assertThat(kind.isOfBlock()).as("%s: %s", this, e).isTrue();
    assertThat(e).as(toString()).hasMessageContaining(data.resolve(file.getName(0)).toString());
  }

  /** Other series, and other times of the faulty ones, are there. */
  private void checkBeside(Db db, Content wanted, String when) {
    BlockMeta meta = BlockMetaFile.read(original.folder.resolve(file.getName(0)));
    Content older = read(db, Content.MIN, meta.minTime() - 1);
    Content newer = read(db, meta.maxTime(), Content.MAX);
    Content outside = wanted.without(wanted.within(meta.minTime(), meta.maxTime() - 1));
    assertThat(outside.missingIn(older.plus(newer))).as("%s: lost %s", this, when).isEmpty();
    Content found = readEach(db);
    Content others = wanted.only((labels, _) -> !faulty.contains(labels));
    assertThat(others.missingIn(found)).as("%s: lost beside %s", this, when).isEmpty();
  }

  private Content readEach(Db db) {
    Content found = new Content();
    for (Labels labels : original.written().plus(appended).labels()) {
      if (!faulty.contains(labels)) {
        try (Querier querier = db.querier(Content.MIN, Content.MAX)) {
          found.addAll(Content.of(querier, Content.matchers(labels), Content.MIN, Content.MAX));
        }
      }
    }
    return found;
  }

  private void append(Db db) {
    try (Appender appender = db.appender()) {
      List<Labels> series = new ArrayList<>(original.written().labels());
      series.add(Labels.of("__name__", "new", "i", "a"));
      series.add(Labels.of("__name__", "new", "i", "b"));
      for (int n = 0; n < series.size(); n++) {
        long ref = appender.series(series.get(n));
        assertThat(appender.append(ref, LATER, n)).as(toString()).isEqualTo(AppendResult.OK);
        appended.add(series.get(n), LATER, SampleText.of(n));
      }
      appender.commit();
    }
  }

  private void compact(Db db) throws InterruptedException {
    // The second round goes on where the first gave up.
    for (int round = 0; round < 2; round++) {
      try {
        db.compact();
      } catch (StorageException e) {
        checkFault(e);
      }
    }
  }
}
