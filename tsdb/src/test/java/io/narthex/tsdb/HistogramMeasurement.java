package io.narthex.tsdb;

import io.narthex.client.MetricRegistry;
import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.Histogram;
import io.narthex.model.labels.Labels;
import io.narthex.storage.Appender;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;

/**
 * Measures what native histograms cost in the head: {@code HistogramMeasurement FOLDER SERIES
 * SCRAPES}. Each series is a counter of 30 buckets, a few of which grow from scrape to scrape.
 */
public final class HistogramMeasurement {
  private static final int BUCKETS = 30;

  private HistogramMeasurement() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    int series = Integer.parseInt(arguments[1]);
    int scrapes = Integer.parseInt(arguments[2]);
    long before = usedHeap();
    Db db = Db.open(DbOptions.of(folder).withReload(3_600_000), new MetricRegistry());
    long start = System.nanoTime();
    db.ready().get();
    print("open %.2f s", (System.nanoTime() - start) / 1e9);
    if (db.statistics(1).series() == 0) {
      fill(db, series, scrapes);
    }
    print("heap %.0f B/series", (usedHeap() - before) / (double) series);
    db.close();
  }

  private static void fill(Db db, int series, int scrapes) {
    long[][] counts = new long[series][BUCKETS];
    long[] refs = new long[series];
    Random random = new Random(1);
    long t0 = System.currentTimeMillis() / 7_200_000 * 7_200_000;
    long nanos = 0;
    for (int scrape = 0; scrape < scrapes; scrape++) {
      Histogram[] histograms = new Histogram[series];
      for (int i = 0; i < series; i++) {
        for (int j = 0; j < 4; j++) {
          int bucket = (int) (BUCKETS / 2 + random.nextGaussian() * 4);
          counts[i][Math.floorMod(bucket, BUCKETS)] += random.nextInt(20);
        }
        histograms[i] = histogram(counts[i]);
      }
      long start = System.nanoTime();
      try (Appender appender = db.appender()) {
        for (int i = 0; i < series; i++) {
          if (scrape == 0) {
            refs[i] = appender.series(Labels.of("__name__", "h_" + i % 50, "n", "v" + i));
          }
          appender.append(refs[i], t0 + scrape * 15_000L, histograms[i]);
        }
        appender.commit();
      }
      nanos += System.nanoTime() - start;
    }
    print("append %.0f ns/histogram", nanos / (double) series / scrapes);
  }

  private static Histogram histogram(long[] counts) {
    long[] deltas = counts.clone();
    long count = 0;
    for (int i = BUCKETS - 1; i > 0; i--) {
      count += deltas[i];
      deltas[i] -= deltas[i - 1];
    }
    count += deltas[0];
    return new Histogram(
        CounterResetHint.UNKNOWN,
        3,
        0x1p-128,
        0,
        count,
        count * 0.37,
        new int[] {-10, BUCKETS},
        deltas,
        new int[0],
        new long[0],
        new double[0]);
  }

  private static long usedHeap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
