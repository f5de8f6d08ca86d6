package io.narthex.tsdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.MatchType;
import io.narthex.model.labels.Matcher;
import io.narthex.storage.AppendResult;
import io.narthex.storage.Appender;
import io.narthex.storage.Querier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random appends in and out of order, reads, deletions, compactions, restarts and crashes, on a
 * database and on a naive model of it.
 */
final class OutOfOrderPropertyTest {
  private static final int SERIES = 20;
  private static final List<Matcher> ALL = List.of(Matcher.of(MatchType.REGEX, "__name__", ".+"));

  @TempDir private Path folder;

  private Random random = new Random(0);
  private NaiveDatabase model = new NaiveDatabase();
  private final List<Deletion> deletions = new ArrayList<>();
  private long window;
  private long newest = RestartedDb.T0;
  private long grid;
  private long[] newestOf = new long[SERIES];

  private record Deletion(int metric, long mint, long maxt) {}

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void answersAsTheModelDoes(long seed) throws Exception {
    random = new Random(seed);
    model = new NaiveDatabase();
    window = random.nextInt(300_000);
    grid = seed % 2 == 0 ? 1 : 500;
    try (RestartedDb db =
        new RestartedDb(folder, options -> options.withOutOfOrderWindow(window))) {
      for (int step = 0; step < 300; step++) {
        int action = random.nextInt(100);
        if (action < 60) {
          append(db.db());
        } else if (action < 76) {
          compare(db.db(), seed + "/" + step);
        } else if (action < 80) {
          assertThatAViewDoesNotChange(db.db(), seed + "/" + step);
        } else if (action < 84) {
          db.restart();
        } else if (action < 88) {
          db.crash();
        } else if (action < 93) {
          db.db().compact();
        } else if (action < 95) {
          window = random.nextInt(4) == 0 ? 0 : random.nextInt(300_000);
          db.db().outOfOrderWindow(window);
        } else {
          delete(db.db());
        }
      }
      compare(db.db(), seed + "/end");
      db.db().compact();
      compare(db.db(), seed + "/compacted");
    }
  }

  private static Labels labels(int i) {
    return Labels.of("__name__", "metric_" + i % 3, "i", Integer.toString(i));
  }

  private void append(Db db) {
    long before = newest;
    long newestInBatch = newest;
    long[] newestTaken = newestOf.clone();
    try (Appender appender = db.appender()) {
      List<Runnable> accepted = new ArrayList<>();
      for (int i = 0; i < SERIES; i++) {
        for (int samples = random.nextInt(4), n = 0; n < samples; n++) {
          long t = time();
          // A sample older than the window is taken behind all others only, and one of those may be
          // in this very batch.
          if (n > 0 && t < before - window) {
            continue;
          }
          Labels labels = labels(i);
          // The newest of a series is refused again, as in Prometheus, although it was deleted.
          if (t == newestOf[i] || t == newestTaken[i]) {
            continue;
          }
          double value = t % 1000 + i + 10_000.0 * deletions(i, t);
          AppendResult result = appender.append(appender.series(labels), t, value);
          if (result == AppendResult.OK) {
            accepted.add(() -> model.add(labels, t, value));
            newestInBatch = Math.max(newestInBatch, t);
            newestTaken[i] = Math.max(newestTaken[i], t);
          } else if (window > 0) {
            assertThat(result).isEqualTo(AppendResult.TOO_OLD);
            assertThat(t).isLessThan(before - window);
          } else {
            assertThat(result).isIn(AppendResult.OUT_OF_ORDER, AppendResult.OUT_OF_BOUNDS);
          }
        }
      }
      if (window == 0) {
        // What of a batch is out of order among itself is lost, which is another test's affair.
        appender.rollback();
        appendInOrder(db);
      } else if (random.nextInt(20) == 0) {
        appender.rollback();
      } else {
        appender.commit();
        accepted.forEach(Runnable::run);
        newest = newestInBatch;
        newestOf = newestTaken;
      }
    }
  }

  private void appendInOrder(Db db) {
    newest += 1 + random.nextInt(3000);
    try (Appender appender = db.appender()) {
      for (int i = 0; i < SERIES; i++) {
        double value = newest % 1000 + i;
        newestOf[i] = newest;
        assertThat(appender.append(appender.series(labels(i)), newest, value))
            .isEqualTo(AppendResult.OK);
        model.add(labels(i), newest, value);
      }
      appender.commit();
    }
  }

  /** Mostly about now, else up to a while ago; of a few times only where those are to meet. */
  private long time() {
    long t =
        random.nextBoolean()
            ? newest + random.nextInt(2000) - 500
            : newest - random.nextInt(random.nextBoolean() ? 20_000 : 400_000);
    return t / grid * grid;
  }

  private void delete(Db db) {
    int metric = random.nextInt(3);
    Matcher matcher = Matcher.equal("__name__", "metric_" + metric);
    long mint = newest - random.nextInt(200_000);
    long maxt = Math.min(newest, mint + random.nextInt(20_000));
    db.delete(mint, maxt, List.of(matcher));
    model.delete(mint, maxt, matcher);
    deletions.add(new Deletion(metric, mint, maxt));
  }

  /** How often a time of a series was deleted: what comes to it again has another value. */
  private long deletions(int i, long t) {
    return deletions.stream()
        .filter(each -> each.metric == i % 3 && t >= each.mint && t <= each.maxt)
        .count();
  }

  private void compare(Db db, String where) {
    long mint = random.nextBoolean() ? 0 : newest - random.nextInt(600_000);
    long maxt = random.nextBoolean() ? newest : mint + random.nextInt(300_000);
    try (Querier querier = db.querier(mint, maxt)) {
      assertSame(NaiveDatabase.read(querier, mint, maxt, ALL), model.read(mint, maxt, ALL), where);
    }
  }

  private void assertThatAViewDoesNotChange(Db db, String where) {
    try (Querier querier = db.querier(0, newest)) {
      long until = newest;
      String before = model.read(0, until, ALL);
      for (int i = random.nextInt(12); i > 0; i--) {
        append(db);
      }
      assertSame(NaiveDatabase.read(querier, 0, until, ALL), before, where);
    }
  }

  /** Says only what differs, as all of it is too much to read. */
  private static void assertSame(String actual, String expected, String where) {
    if (!actual.equals(expected)) {
      Set<String> missing = samples(expected);
      missing.removeAll(samples(actual));
      Set<String> additional = samples(actual);
      additional.removeAll(samples(expected));
      fail(
          "seed/step " + where + ": missing " + some(missing) + ", additional " + some(additional));
    }
  }

  private static String some(Set<String> samples) {
    return samples.size() + ": " + samples.stream().limit(5).toList();
  }

  private static Set<String> samples(String lines) {
    Set<String> samples = new TreeSet<>();
    for (String line : lines.split("\n")) {
      int end = line.indexOf('}') + 1;
      for (String sample : line.substring(end).trim().split(" ")) {
        samples.add(line.substring(0, end) + sample);
      }
    }
    return samples;
  }
}
