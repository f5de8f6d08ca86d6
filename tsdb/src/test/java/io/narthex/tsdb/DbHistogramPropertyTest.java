package io.narthex.tsdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import io.narthex.model.histogram.NativeHistogram;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Matcher;
import io.narthex.model.value.StaleMarker;
import io.narthex.storage.AppendResult;
import io.narthex.storage.Appender;
import io.narthex.storage.Querier;
import io.narthex.storage.SampleBuffer;
import io.narthex.storage.SelectHints;
import io.narthex.storage.SeriesSet;
import io.narthex.tsdb.chunk.TestHistograms;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Floats and native histograms of both kinds in one series, whose layouts change, which are reset,
 * become gauges and stale: a database and a map of what was accepted never show a difference.
 */
final class DbHistogramPropertyTest {
  private static final int SERIES = 8;

  @TempDir private Path folder;

  /** What a series has, and the histogram that its next one grows from. */
  private static final class Model {
    final TreeMap<Long, Object> samples = new TreeMap<>();
    boolean floats;
    Histogram next;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void answersAsTheModelDoes(long seed) throws Exception {
    Random random = new Random(seed);
    Model[] models = new Model[SERIES];
    for (int i = 0; i < SERIES; i++) {
      models[i] = new Model();
      models[i].next = TestHistograms.random(random, CounterResetHint.UNKNOWN);
    }
    long now = RestartedDb.T0;
    try (RestartedDb db = new RestartedDb(folder, options -> options)) {
      for (int step = 0; step < 500; step++) {
        int action = random.nextInt(100);
        if (action < 75) {
          now += 1 + random.nextInt(2000);
          append(db.db(), models, now, random);
        } else if (action < 90) {
          compare(db.db(), models, now, random, seed + "/" + step);
        } else if (action < 94) {
          db.restart();
        } else if (action < 98) {
          db.db().compact();
        } else {
          delete(db.db(), models, now, random);
        }
      }
      compare(db.db(), models, now, random, seed + "/end");
    }
  }

  private static Labels labels(int i) {
    return Labels.of("__name__", "h", "i", Integer.toString(i));
  }

  private static void append(Db db, Model[] models, long now, Random random) {
    List<Runnable> accepted = new ArrayList<>();
    try (Appender appender = db.appender()) {
      for (int i = 0; i < SERIES; i++) {
        // Sometimes several of one series in a batch, which may be of any kinds.
        int samples = random.nextInt(8) == 0 ? 3 : random.nextInt(2);
        for (int s = 0; s < samples; s++) {
          Model model = models[i];
          long t = now + s - samples;
          Object sample = sample(model, random);
          if (model.samples.isEmpty() || t > model.samples.lastKey()) {
            assertThat(append(appender, i, t, sample)).isEqualTo(AppendResult.OK);
            accepted.add(() -> model.samples.put(t, sample));
          }
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

  private static AppendResult append(Appender appender, int i, long t, Object sample) {
    long ref = appender.series(labels(i));
    return switch (sample) {
      case Histogram h -> appender.append(ref, t, h);
      case FloatHistogram h -> appender.append(ref, t, h);
      default -> appender.append(ref, t, (Double) sample);
    };
  }

  private static Object sample(Model model, Random random) {
    switch (random.nextInt(40)) {
      case 0 -> {
        return (double) random.nextInt(100);
      }
      case 1 -> {
        return StaleMarker.VALUE;
      }
      case 2 -> model.floats = !model.floats;
      case 3 -> model.next = TestHistograms.random(random, hint(random));
      case 4 -> model.next = model.next.withCounterResetHint(CounterResetHint.RESET);
      case 5 -> model.next = TestHistograms.fewerBuckets(random, model.next);
      default -> model.next = TestHistograms.grown(random, model.next);
    }
    if (random.nextInt(6) == 0) {
      model.next = TestHistograms.moreBuckets(random, model.next);
    }
    Histogram h = model.next;
    if (h.counterResetHint() == CounterResetHint.RESET) {
      model.next = h.withCounterResetHint(CounterResetHint.UNKNOWN);
    }
    return model.floats ? h.toFloat() : h;
  }

  private static CounterResetHint hint(Random random) {
    return random.nextInt(3) == 0 ? CounterResetHint.GAUGE : CounterResetHint.UNKNOWN;
  }

  private static void delete(Db db, Model[] models, long now, Random random) {
    int i = random.nextInt(SERIES);
    long mint = now - random.nextInt(150_000);
    long maxt = Math.min(now, mint + random.nextInt(20_000));
    db.delete(mint, maxt, List.of(Matcher.equal("i", Integer.toString(i))));
    models[i].samples.subMap(mint, true, maxt, true).clear();
    if (random.nextBoolean()) {
      db.cleanTombstones();
    }
  }

  private static void compare(Db db, Model[] models, long now, Random random, String where) {
    long mint = random.nextBoolean() ? RestartedDb.T0 : now - random.nextInt(300_000);
    long maxt = random.nextBoolean() ? now : mint + random.nextInt(200_000);
    try (Querier querier = db.querier(mint, maxt)) {
      for (int i = 0; i < SERIES; i++) {
        SeriesSet set =
            querier.select(
                SelectHints.range(mint, maxt), List.of(Matcher.equal("i", Integer.toString(i))));
        SampleBuffer buffer = new SampleBuffer();
        if (set.size() > 0) {
          set.read(0, mint, maxt, buffer);
        }
        check(models[i], buffer, mint, maxt, where + " series " + i);
      }
    }
  }

  private static void check(Model model, SampleBuffer found, long mint, long maxt, String where) {
    List<String> expected = new ArrayList<>();
    for (Map.Entry<Long, Object> entry : model.samples.subMap(mint, true, maxt, true).entrySet()) {
      Object sample = entry.getValue();
      boolean isStale = sample instanceof Double value && StaleMarker.is(value);
      expected.add(entry.getKey() + " " + (isStale ? "stale" : text(sample)));
    }
    List<String> answered = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      boolean histogram = found.hasHistograms() && found.histograms[i] != null;
      Object sample = histogram ? found.histograms[i] : (Object) found.values[i];
      boolean isStale = StaleMarker.is(found.values[i]);
      answered.add(found.timestamps[i] + " " + (isStale ? "stale" : text(sample)));
      if (histogram && !isStale) {
        checkHint(model, found, i, where);
      }
    }
    assertThat(answered).as(where).isEqualTo(expected);
  }

  /** That there was no reset may only be said where there was none since the sample before. */
  private static void checkHint(Model model, SampleBuffer found, int i, String where) {
    FloatHistogram h = found.histograms[i];
    NativeHistogram appended = (NativeHistogram) model.samples.get(found.timestamps[i]);
    boolean isGauge = appended.counterResetHint() == CounterResetHint.GAUGE;
    assertThat(h.counterResetHint() == CounterResetHint.GAUGE)
        .as("%s: gauge at %s", where, found.timestamps[i])
        .isEqualTo(isGauge);
    if (i > 0 && h.counterResetHint() == CounterResetHint.NOT_RESET) {
      assertThat(h.isResetOf(found.histograms[i - 1]))
          .as("%s: reset at %s", where, found.timestamps[i])
          .isFalse();
    }
  }

  /** What counts of a histogram: not in which spans its buckets are, nor buckets without count. */
  private static String text(Object sample) {
    return sample instanceof NativeHistogram h
        ? h.schema() + " " + h.zeroThreshold() + " " + h.toFloat()
        : sample.toString();
  }
}
