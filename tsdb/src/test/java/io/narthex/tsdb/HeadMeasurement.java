package io.narthex.tsdb;

import io.narthex.client.MetricRegistry;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Matcher;
import io.narthex.storage.Appender;
import io.narthex.storage.Querier;
import io.narthex.storage.SampleBuffer;
import io.narthex.storage.SelectHints;
import io.narthex.storage.SeriesSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Measures what a head costs: {@code HeadMeasurement FOLDER SERIES SCRAPES}. Each series has ten
 * labels; half of the values are counters, the rest gauges that change now and then.
 */
public final class HeadMeasurement {
  private static final int SERIES_PER_TARGET = 1000;

  private HeadMeasurement() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    int series = Integer.parseInt(arguments[1]);
    int scrapes = Integer.parseInt(arguments[2]);
    long heapBefore = usedHeap();
    long rssBefore = rss();
    long start = cpuNanos();
    Db db = Db.open(DbOptions.of(folder).withReload(3_600_000), new MetricRegistry());
    db.ready().get();
    print("open %.2f s", (cpuNanos() - start) / 1e9);
    if (db.statistics(1).series() > 0) {
      print("replayed %d series", db.statistics(1).series());
    } else {
      fill(db, series, scrapes);
    }
    print("heap %.0f B/series", (usedHeap() - heapBefore) / (double) series);
    print("rss %.0f B/series after gc", (rss() - rssBefore) / (double) series);
    query(db);
    System.out.println(db.statistics(3));
    if (arguments.length > 3) {
      start = cpuNanos();
      db.compact();
      print("compact %.2f s %s", (cpuNanos() - start) / 1e9, db.blockMetas().size());
      print("heap %.0f B/series", (usedHeap() - heapBefore) / (double) series);
    }
    start = cpuNanos();
    db.close();
    print("close %.2f s", (cpuNanos() - start) / 1e9);
  }

  private static void fill(Db db, int series, int scrapes) {
    long[] refs = new long[series];
    long start = cpuNanos();
    Random random = new Random(1);
    double[] values = new double[series];
    long t0 = System.currentTimeMillis() / 7_200_000 * 7_200_000;
    for (int from = 0; from < series; from += SERIES_PER_TARGET) {
      try (Appender appender = db.appender()) {
        for (int i = from; i < Math.min(series, from + SERIES_PER_TARGET); i++) {
          refs[i] = appender.series(labels(i));
          appender.append(refs[i], t0, values[i]);
        }
        appender.commit();
      }
    }
    print("create %.0f ns/series", (cpuNanos() - start) / (double) series);
    for (int scrape = 1; scrape <= scrapes; scrape++) {
      for (int i = 0; i < series; i++) {
        if ((i & 1) == 0) {
          values[i] += random.nextInt(100);
        } else if (random.nextInt(4) == 0) {
          values[i] = random.nextInt(1_000_000) / 1000.0;
        }
      }
      start = cpuNanos();
      long t = t0 + scrape * 15_000L;
      for (int from = 0; from < series; from += SERIES_PER_TARGET) {
        try (Appender appender = db.appender()) {
          int to = Math.min(series, from + SERIES_PER_TARGET);
          for (int i = from; i < to; i++) {
            appender.append(refs[i], t + from / SERIES_PER_TARGET, values[i]);
          }
          appender.commit();
        }
      }
      if (scrape % 20 == 0 || scrape < 4) {
        print("scrape %d: %.1f ns/sample", scrape, (cpuNanos() - start) / (double) series);
      }
    }
  }

  private static Labels labels(int i) {
    int target = i / SERIES_PER_TARGET;
    int metric = i % SERIES_PER_TARGET / 10;
    return Labels.of(
        "__name__",
        "bench_metric_name_" + metric + "_total",
        "job",
        "bench",
        "instance",
        "10.0." + target / 250 + "." + target % 250 + ":9100",
        "cluster",
        "production-eu-west-1",
        "namespace",
        "namespace-" + target % 20,
        "pod",
        "service-" + target + "-7d9f8b6c5-x2x4z",
        "container",
        "main",
        "method",
        i % 2 == 0 ? "GET" : "POST",
        "status",
        Integer.toString(200 + i % 5),
        "le",
        Integer.toString(i % 10));
  }

  /** The best of many rounds, by the clock. */
  private static void query(Db db) {
    List<Matcher> matchers = List.of(Matcher.equal("__name__", "bench_metric_name_7_total"));
    long bestSelect = Long.MAX_VALUE;
    long bestRead = Long.MAX_VALUE;
    long samples = 0;
    int size = 0;
    SampleBuffer buffer = new SampleBuffer();
    for (int round = 0; round < 200; round++) {
      long start = System.nanoTime();
      long mint = db.headMinTime();
      long maxt = db.headMaxTime();
      samples = 0;
      try (Querier querier = db.querier(mint, maxt)) {
        SeriesSet set = querier.select(SelectHints.range(mint, maxt), matchers);
        long selected = System.nanoTime();
        bestSelect = Math.min(bestSelect, selected - start);
        size = set.size();
        for (int i = 0; i < size; i++) {
          set.read(i, mint, maxt, buffer);
          samples += buffer.size();
        }
        bestRead = Math.min(bestRead, System.nanoTime() - selected);
      }
    }
    print(
        "query: %d series, %d samples, select %.0f ns/series, read %.0f ns/series %.1f ns/sample",
        size,
        samples,
        bestSelect / (double) size,
        bestRead / (double) size,
        bestRead / (double) samples);
  }

  /** CPU time of the whole process, so that a busy machine counts little. */
  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean)
            java.lang.management.ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static long usedHeap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static long rss() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("RssAnon")) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
      }
    }
    return 0;
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
