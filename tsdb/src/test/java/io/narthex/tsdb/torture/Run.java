package io.narthex.tsdb.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.narthex.client.MetricRegistry;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.MatchType;
import io.narthex.model.labels.Matcher;
import io.narthex.storage.Querier;
import io.narthex.tsdb.Db;
import io.narthex.tsdb.ReadOnlyDb;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/** A database and its model, and steps that change or compare both. */
final class Run implements AutoCloseable {
  private static final long T0 = 1_700_000_000_000L / Settings.BLOCK * Settings.BLOCK;
  private static final Matcher NOT_WHOLE =
      Matcher.of(MatchType.NOT_EQUAL, "__name__", WholeBatches.NAME);

  private final Path root;
  private final Settings settings;
  private final Model model = new Model();
  private final List<TestSeries> series = new ArrayList<>();
  private final Map<Labels, Long> refs = new HashMap<>();
  private final List<OpenBatch> batches = new ArrayList<>();
  private final WholeBatches whole = new WholeBatches(2);
  private Path folder;
  private Db db;
  private Optional<Held> held = Optional.empty();
  private String last = "";
  private int folders;
  private long now = T0;
  private long newestWhole = T0;

  /** A view that is kept open, and what it showed at first. */
  private record Held(Querier querier, Model.Expected expected) {}

  Run(long seed, Path root) throws Exception {
    Random random = new Random(seed);
    this.root = root;
    this.settings = Settings.random(random);
    this.folder = root.resolve("data-0");
    for (int i = 0; i < 30; i++) {
      series.add(TestSeries.random(random, i));
    }
    db = open(folder);
    whole.database(db);
  }

  Settings settings() {
    return settings;
  }

  /** What the step last taken was. */
  String last() {
    return last;
  }

  private Db open(Path path) throws Exception {
    Db opened = Db.open(settings.options(path), new MetricRegistry());
    opened.ready().get();
    return opened;
  }

  /** One random step, which depends on nothing but the random numbers and what was done before. */
  void step(int number, Random random) throws Exception {
    int luck = random.nextInt(1000);
    if (luck < 450) {
      last = "append";
      append(random);
    } else if (luck < 560) {
      last = "append to open batches";
      interleave(random);
    } else if (luck < 800) {
      last = "query";
      compare(random);
    } else if (luck < 840) {
      last = "hold a view";
      hold(random);
    } else if (luck < 870) {
      last = "labels";
      compareLabels(random);
    } else if (luck < 890) {
      last = "new series";
      series.set(random.nextInt(series.size()), TestSeries.random(random, 1000 + number));
    } else if (luck < 925) {
      last = "compact";
      settle(random);
      db.compact();
    } else if (luck < 945) {
      last = "delete";
      delete(random);
    } else if (luck < 955) {
      last = "clean tombstones";
      settle(random);
      db.cleanTombstones();
    } else if (luck < 970) {
      last = "restart";
      settle(random);
      restart(folder);
    } else if (luck < 985) {
      last = "crash";
      Path copy = root.resolve("data-" + ++folders);
      DirectoryCopy.of(folder, copy);
      batches.clear();
      settle(random);
      restart(copy);
    } else if (luck < 993) {
      last = "snapshot";
      compareSnapshot();
    } else {
      last = "read only";
      compareReadOnly();
    }
    whole.check();
  }

  /** Compares everything, as it is, after a compaction and after a restart. */
  void finish(Random random) throws Exception {
    last = "at the end";
    settle(random);
    compareAll(db);
    last = "at the end, after a compaction";
    db.compact();
    compareAll(db);
    last = "at the end, after a restart";
    restart(folder);
    compareAll(db);
    whole.check();
  }

  private OpenBatch batch() {
    return new OpenBatch(db, refs, model, settings.window(), Settings.BLOCK);
  }

  private void append(Random random) {
    now += random.nextInt(4000);
    OpenBatch batch = batch();
    fill(batch, random);
    boolean rollback = random.nextInt(20) == 0;
    boolean withWhole = now > newestWhole && !rollback;
    for (int i = 0; i < WholeBatches.SERIES && withWhole; i++) {
      batch.add(WholeBatches.labels(i), now, new TestSeries.Number(now));
    }
    if (rollback) {
      batch.rollback();
      return;
    }
    batch.commit();
    if (withWhole) {
      newestWhole = now;
      whole.committed(now);
    }
  }

  private void fill(OpenBatch batch, Random random) {
    int rarity = 1 + random.nextInt(4);
    for (TestSeries one : series) {
      if (random.nextInt(rarity) == 0) {
        for (int n = random.nextInt(10) == 0 ? 4 : 1; n > 0; n--) {
          batch.add(one.labels, time(random), one.next(random));
        }
      }
    }
  }

  /** Mostly now. */
  private long time(Random random) {
    return switch (random.nextInt(12)) {
      case 0 -> now - random.nextInt(2000);
      case 1 -> now - (long) (random.nextDouble() * (settings.window() * 1.2 + 2));
      case 2 -> now + random.nextInt(50);
      default -> now;
    };
  }

  private void interleave(Random random) {
    if (batches.size() < 3 && random.nextBoolean()) {
      batches.add(batch());
    } else if (!batches.isEmpty()) {
      int chosen = random.nextInt(batches.size());
      if (random.nextBoolean()) {
        fill(batches.get(chosen), random);
      } else {
        end(batches.remove(chosen), random);
      }
    }
  }

  private static void end(OpenBatch batch, Random random) {
    if (random.nextInt(4) == 0) {
      batch.rollback();
    } else {
      batch.commit();
    }
  }

  /** Closes what compaction would wait for. */
  private void settle(Random random) {
    batches.forEach(batch -> end(batch, random));
    batches.clear();
    release();
  }

  private void release() {
    if (held.isPresent()) {
      Held view = held.get();
      held = Optional.empty();
      try (Querier querier = view.querier()) {
        assertThat(view.expected().faults(querier)).as("a view that was held open").isEmpty();
      }
    }
  }

  private void hold(Random random) {
    release();
    long mint = now - random.nextInt(300_000);
    Model.Expected expected = model.expected(mint, now + 100, matchers(random));
    held = Optional.of(new Held(db.querier(mint, now + 100), expected));
  }

  private void compare(Random random) {
    long mint = random.nextBoolean() ? 0 : now - random.nextInt(600_000);
    long maxt = random.nextBoolean() ? now + 1000 : mint + random.nextInt(300_000);
    compare(db, model.expected(mint, maxt, matchers(random)));
  }

  private void compareAll(Db from) {
    compare(from, model.expected(0, Long.MAX_VALUE, List.of(NOT_WHOLE)));
    Matcher isWhole = Matcher.equal("__name__", WholeBatches.NAME);
    compare(from, model.expected(0, Long.MAX_VALUE, List.of(isWhole)));
  }

  private static void compare(Db from, Model.Expected expected) {
    try (Querier querier = from.querier(expected.mint(), expected.maxt())) {
      assertThat(expected.faults(querier)).as("%s", expected.matchers()).isEmpty();
    }
  }

  private static List<Matcher> matchers(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> List.of(Matcher.equal("__name__", "metric_" + random.nextInt(6)));
      case 1 -> List.of(Matcher.of(MatchType.REGEX, "i", random.nextInt(4) + ".*"));
      case 2 ->
          List.of(
              Matcher.of(MatchType.NOT_EQUAL, "zone", ""),
              Matcher.of(MatchType.NOT_REGEX, "__name__", "metric_[12]"));
      case 3 -> List.of(Matcher.of(MatchType.REGEX, "kurz", "y0|y1|nothing"));
      case 4 -> List.of(Matcher.equal("long", ""), Matcher.equal("zone", ""));
      case 5 -> List.of(Matcher.of(MatchType.NOT_REGEX, "kurz", "y.+"));
      case 6 -> List.of(Matcher.of(MatchType.REGEX, "zone", ".*"));
      default -> List.of(Matcher.of(MatchType.REGEX, "__name__", ".+"));
    };
  }

  private void compareLabels(Random random) {
    long mint = random.nextBoolean() ? 0 : now - random.nextInt(300_000);
    List<Matcher> matchers = matchers(random);
    Model.Expected expected = model.expected(mint, now + 1000, matchers);
    Function<Labels, List<String>> names =
        labels -> {
          List<String> all = new ArrayList<>();
          labels.forEach((name, value) -> all.add(name));
          return all;
        };
    try (Querier querier = db.querier(mint, now + 1000)) {
      within(querier.labelNames(matchers, 0), expected, names);
      for (String name : List.of("__name__", "i", "zone", "kurz")) {
        within(
            querier.labelValues(name, matchers, 0),
            expected,
            labels -> labels.get(name).isEmpty() ? List.of() : List.of(labels.get(name)));
      }
    }
  }

  private static void within(
      List<String> found, Model.Expected expected, Function<Labels, List<String>> of) {
    assertThat(found).doesNotHaveDuplicates().isSorted();
    assertThat(found).as("labels").containsAll(expected.certain(of));
    assertThat(expected.possible(of)).as("labels that ever were").containsAll(found);
  }

  private void delete(Random random) {
    // What a view that is open shows of deleted samples is not said.
    release();
    List<Matcher> matchers = new ArrayList<>(matchers(random));
    matchers.add(NOT_WHOLE);
    long mint = random.nextInt(8) == 0 ? 0 : now - random.nextInt(400_000);
    long maxt = Math.min(now + 100, mint + random.nextInt(random.nextBoolean() ? 5000 : 90_000));
    db.delete(mint, maxt, matchers);
    model.delete(mint, maxt, matchers);
  }

  private void restart(Path next) throws Exception {
    whole.open.writeLock().lock();
    try {
      db.close();
      folder = next;
      refs.clear();
      db = open(folder);
      whole.database(db);
    } finally {
      whole.open.writeLock().unlock();
    }
    if (!last.startsWith("at")) {
      compareAll(db);
    }
  }

  private void compareSnapshot() throws Exception {
    Path snapshot = folder.resolve("snapshots").resolve(db.snapshot(false));
    Path copy = root.resolve("snapshot-" + ++folders);
    DirectoryCopy.of(snapshot, copy);
    try (Db copied = open(copy)) {
      compareAll(copied);
    }
  }

  private void compareReadOnly() throws Exception {
    try (ReadOnlyDb reader = ReadOnlyDb.open(folder, root)) {
      Querier querier =
          reader.view(0, Long.MAX_VALUE, (_, _) -> {}, damage -> fail(damage.text())).querier();
      Model.Expected all = model.expected(0, Long.MAX_VALUE, List.of(NOT_WHOLE));
      assertThat(all.faults(querier)).isEmpty();
    }
  }

  @Override
  public void close() throws Exception {
    whole.close();
    if (held.isPresent()) {
      held.get().querier().close();
    }
    batches.forEach(OpenBatch::rollback);
    db.close();
  }
}
