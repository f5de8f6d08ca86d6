package io.narthex.tsdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.Histogram;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.MatchType;
import io.narthex.model.labels.Matcher;
import io.narthex.model.value.StaleMarker;
import io.narthex.storage.AppendResult;
import io.narthex.storage.Appender;
import io.narthex.storage.Querier;
import io.narthex.storage.SampleBuffer;
import io.narthex.storage.SelectHints;
import io.narthex.storage.SeriesSet;
import io.narthex.tsdb.chunk.ChunkEncoding;
import io.narthex.tsdb.chunk.ChunkFormat;
import io.narthex.tsdb.chunk.TestHistograms;
import io.narthex.tsdb.head.SampleFormat;
import io.narthex.tsdb.wal.WalCompression;
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
 * Floats and histograms with and without start times, in and out of order, through restarts,
 * crashes, compactions and deletions: every sample keeps its start time.
 */
final class StartTimesPropertyTest {
  private static final int SERIES = 12;
  private static final long WINDOW = 200_000;
  private static final SampleFormat FORMAT = new SampleFormat(ChunkFormat.STARTS, true);

  @TempDir private Path folder;

  private final Map<Labels, TreeMap<Long, String>> model = new TreeMap<>();
  private final List<long[]> deleted = new ArrayList<>();
  private final Histogram[] newest = new Histogram[SERIES];
  private final long[] starts = new long[SERIES];
  private Random random = new Random(0);
  private long now = RestartedDb.T0;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void everySampleKeepsItsStartTime(long seed) throws Exception {
    random = new Random(seed);
    for (int i = 0; i < SERIES; i++) {
      model.put(labels(i), new TreeMap<>());
      newest[i] = TestHistograms.random(random, CounterResetHint.UNKNOWN);
    }
    try (RestartedDb db =
        new RestartedDb(
            folder,
            options ->
                options
                    .withOutOfOrderWindow(WINDOW)
                    .withFormat(FORMAT)
                    .withWal(64 << 10, WalCompression.SNAPPY),
            started -> started.floatEncoding(ChunkEncoding.XOR2))) {
      for (int step = 0; step < 400; step++) {
        int action = random.nextInt(100);
        if (action < 76) {
          append(db.db());
        } else if (action < 86) {
          compare(db.db(), seed + "/" + step);
        } else if (action < 89) {
          db.restart();
        } else if (action < 92) {
          db.crash();
        } else if (action < 96) {
          db.db().compact();
        } else if (action < 98) {
          delete(db.db());
        } else {
          db.db().cleanTombstones();
        }
      }
      compare(db.db(), seed + "/end");
      db.db().compact();
      compare(db.db(), seed + "/compacted");
    }
  }

  private static Labels labels(int i) {
    return Labels.of("__name__", "metric_" + i % 4, "i", Integer.toString(i));
  }

  private void append(Db db) {
    now += random.nextInt(3000);
    try (Appender appender = db.appender()) {
      for (int i = 0; i < SERIES; i++) {
        TreeMap<Long, String> samples = model.get(labels(i));
        long t = random.nextInt(6) == 0 ? now - random.nextInt((int) WINDOW / 2) : now;
        boolean gone = deleted.stream().anyMatch(range -> t >= range[0] && t <= range[1]);
        if (!gone && !samples.containsKey(t)) {
          starts[i] =
              switch (random.nextInt(10)) {
                case 0 -> 0;
                case 1, 2 -> t - random.nextInt(100_000);
                default -> starts[i];
              };
          samples.put(t, append(appender, i, t) + "@" + starts[i]);
        }
      }
      appender.commit();
    }
  }

  private double append(Appender appender, int i, long t) {
    long ref = appender.series(labels(i));
    if (i < SERIES / 2) {
      double value = random.nextInt(30) == 0 ? StaleMarker.VALUE : random.nextInt(1000);
      // The first series has a start time only now and then: most of its chunks have none.
      starts[i] = i == 0 && random.nextInt(30) != 0 ? 0 : starts[i];
      assertThat(appender.append(ref, t, value, starts[i])).isEqualTo(AppendResult.OK);
      return value;
    }
    newest[i] =
        random.nextInt(30) == 0
            ? TestHistograms.random(random, CounterResetHint.UNKNOWN)
            : TestHistograms.grown(random, newest[i]);
    AppendResult result =
        i % 2 == 0
            ? appender.append(ref, t, newest[i], starts[i])
            : appender.append(ref, t, newest[i].toFloat(), starts[i]);
    assertThat(result).isEqualTo(AppendResult.OK);
    return newest[i].sum();
  }

  private void delete(Db db) {
    Matcher matcher = Matcher.equal("__name__", "metric_" + random.nextInt(4));
    long mint = now - random.nextInt(200_000);
    long maxt = Math.min(now, mint + random.nextInt(20_000));
    db.delete(mint, maxt, List.of(matcher));
    model.forEach(
        (labels, samples) -> {
          if (matcher.matches(labels.get("__name__"))) {
            samples.subMap(mint, true, maxt, true).clear();
          }
        });
    deleted.add(new long[] {mint, maxt});
  }

  private void compare(Db db, String where) {
    Map<Labels, TreeMap<Long, String>> read = new TreeMap<>();
    try (Querier querier = db.querier(0, now)) {
      SeriesSet set =
          querier.select(
              SelectHints.range(0, now), List.of(Matcher.of(MatchType.REGEX, "__name__", ".+")));
      SampleBuffer buffer = new SampleBuffer();
      for (int i = 0; i < set.size(); i++) {
        set.read(i, 0, now, buffer);
        TreeMap<Long, String> samples = new TreeMap<>();
        for (int s = 0; s < buffer.size(); s++) {
          samples.put(buffer.timestamps[s], buffer.values[s] + "@" + buffer.start(s));
        }
        read.put(set.labels(i), samples);
      }
    }
    for (Map.Entry<Labels, TreeMap<Long, String>> expected : model.entrySet()) {
      assertThat(read.getOrDefault(expected.getKey(), new TreeMap<>()))
          .as("seed/step %s, %s", where, expected.getKey())
          .isEqualTo(expected.getValue());
    }
  }
}
