package io.narthex.tsdb;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random operations on a database and on a naive model of it must never show a difference. */
final class DbPropertyTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void answersAsTheModelDoes(long seed) throws Exception {
    Random random = new Random(seed);
    NaiveDatabase model = new NaiveDatabase();
    long now = RestartedDb.T0;
    List<Labels> labels = labels(random);
    try (RestartedDb db = new RestartedDb(folder, options -> options)) {
      for (int step = 0; step < 400; step++) {
        int action = random.nextInt(100);
        if (action < 70) {
          now += random.nextInt(4000);
          append(db.db(), model, labels, now, random);
        } else if (action < 88) {
          compare(db.db(), model, now, random, seed + "/" + step);
        } else if (action < 92) {
          db.restart();
        } else if (action < 97) {
          db.db().compact();
        } else if (action < 98) {
          labels.set(random.nextInt(labels.size()), labelSet(random, 1000 + step));
        } else {
          delete(db.db(), model, now, random);
        }
      }
      compare(db.db(), model, now, random, seed + "/end");
    }
  }

  private static List<Labels> labels(Random random) {
    List<Labels> labels = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      labels.add(labelSet(random, i));
    }
    return labels;
  }

  private static Labels labelSet(Random random, int i) {
    return Labels.of(
        "__name__",
        "metric_" + random.nextInt(4),
        "i",
        Integer.toString(i),
        "zone",
        random.nextBoolean() ? "zürich" : "");
  }

  private static void append(
      Db db, NaiveDatabase model, List<Labels> labels, long now, Random random) {
    try (Appender appender = db.appender()) {
      List<Runnable> accepted = new ArrayList<>();
      for (Labels series : labels) {
        if (random.nextInt(3) == 0) {
          continue;
        }
        double value = random.nextBoolean() ? random.nextInt(10) : random.nextDouble();
        AppendResult result = appender.append(appender.series(series), now, value);
        if (result == AppendResult.OK) {
          accepted.add(() -> model.add(series, now, value));
        } else {
          // Two batches may fall on the same millisecond.
          assertThat(result).isEqualTo(AppendResult.DUPLICATE_TIMESTAMP);
        }
      }
      if (random.nextInt(20) == 0) {
        appender.rollback();
      } else {
        appender.commit();
        accepted.forEach(Runnable::run);
      }
    }
  }

  private static void delete(Db db, NaiveDatabase model, long now, Random random) {
    Matcher matcher = Matcher.equal("__name__", "metric_" + random.nextInt(4));
    long mint = now - random.nextInt(200_000);
    long maxt = Math.min(now, mint + random.nextInt(20_000));
    db.delete(mint, maxt, List.of(matcher));
    model.delete(mint, maxt, matcher);
    if (random.nextBoolean()) {
      db.cleanTombstones();
    }
  }

  private static void compare(Db db, NaiveDatabase model, long now, Random random, String where) {
    long mint = random.nextBoolean() ? RestartedDb.T0 : now - random.nextInt(600_000);
    long maxt = random.nextBoolean() ? now : mint + random.nextInt(300_000);
    List<Matcher> matchers =
        switch (random.nextInt(4)) {
          case 0 -> List.of(Matcher.equal("__name__", "metric_1"));
          case 1 -> List.of(Matcher.of(MatchType.REGEX, "i", "1.*"));
          case 2 ->
              List.of(
                  Matcher.of(MatchType.NOT_EQUAL, "zone", ""),
                  Matcher.of(MatchType.NOT_REGEX, "__name__", "metric_[12]"));
          default -> List.of(Matcher.of(MatchType.REGEX, "__name__", ".+"));
        };
    try (Querier querier = db.querier(mint, maxt)) {
      assertThat(NaiveDatabase.read(querier, mint, maxt, matchers))
          .as("seed/step %s", where)
          .isEqualTo(model.read(mint, maxt, matchers));
    }
  }
}
