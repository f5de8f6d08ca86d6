package io.narthex.tool.tsdb;

import io.narthex.client.MetricRegistry;
import io.narthex.model.labels.Labels;
import io.narthex.model.time.GoDuration;
import io.narthex.model.value.GoFloat;
import io.narthex.storage.AppendResult;
import io.narthex.storage.Appender;
import io.narthex.tool.JsonTree;
import io.narthex.tool.Output;
import io.narthex.tool.Progress;
import io.narthex.tool.ToolException;
import io.narthex.tsdb.Db;
import io.narthex.tsdb.DbOptions;
import io.narthex.tsdb.encoding.FileErrors;
import io.narthex.tsdb.encoding.Folders;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * {@code tsdb bench write}: how fast a database takes samples. The series are those of a file; each
 * scrape has a sample of all of them, and groups of a thousand series are scraped side by side.
 */
public final class WriteBenchmark {
  private static final long INTERVAL_MILLIS = 30_000;
  private static final int GROUP_SERIES = 1_000;

  /** All groups have got so many scrapes before any goes on, so that none falls too far behind. */
  private static final int ROUND_SCRAPES = 100;

  private static final double FIRST_VALUE = 123_456_789;
  private static final double VALUE_STEP = 1_000;

  /** Longer than any run: no blocks are to be written meanwhile, which would be measured too. */
  private static final long NEVER_MILLIS = 100L * 365 * 86_400_000;

  private final Path folder;
  private final Path seriesFile;
  private final int mostSeries;
  private final int scrapes;
  private final Output out;
  private final Progress progress;

  /**
   * @param folder where the database is made; one that was left there by another run is deleted
   * @param seriesFile a JSON object with the labels of a series in each line
   */
  public WriteBenchmark(
      Path folder, Path seriesFile, int mostSeries, int scrapes, Output out, Progress progress) {
    this.folder = folder;
    this.seriesFile = seriesFile;
    this.mostSeries = mostSeries;
    this.scrapes = scrapes;
    this.out = out;
    this.progress = progress;
  }

  public void run() {
    Path data = folder.resolve("storage");
    Folders.delete(data);
    Db db =
        Db.open(DbOptions.of(data).withBlocks(NEVER_MILLIS, NEVER_MILLIS), new MetricRegistry());
    try {
      db.ready().join();
      List<List<Labels>> groups = new ArrayList<>();
      stage("readData", () -> groups.addAll(groups(readSeries())));
      long[] total = new long[1];
      long nanos = stage("ingestScrapes", () -> total[0] = ingest(db, groups));
      out.line(" > total samples: " + total[0]);
      out.line(" > samples/sec: " + GoFloat.shortest(total[0] * 1e9 / nanos));
    } catch (RuntimeException e) {
      db.close();
      throw e;
    }
    stage("stopStorage", db::close);
  }

  /** Returns how long it took. */
  private long stage(String name, Runnable work) {
    out.line(">> start stage=" + name);
    out.flush();
    long start = System.nanoTime();
    work.run();
    long nanos = System.nanoTime() - start;
    progress.done();
    out.line(">> completed stage=" + name + " duration=" + GoDuration.format(nanos));
    out.flush();
    return nanos;
  }

  private Set<Labels> readSeries() {
    Set<Labels> series = new LinkedHashSet<>();
    long number = 0;
    try (BufferedReader lines = Files.newBufferedReader(seriesFile)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (series.size() == mostSeries) {
          break;
        }
        number++;
        series.add(labels(line));
      }
    } catch (ToolException e) {
      throw new ToolException(seriesFile + ", line " + number + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new ToolException("open " + seriesFile + ": " + FileErrors.reason(e), e);
    }
    if (series.isEmpty()) {
      throw new ToolException(
          seriesFile + ": has no series: each line must be a JSON object of labels");
    }
    return series;
  }

  private static Labels labels(String json) {
    List<String> pairs = new ArrayList<>();
    JsonTree.object(JsonTree.parse(json))
        .forEach((name, value) -> pairs.addAll(List.of(name, String.valueOf(value))));
    return Labels.of(pairs.toArray(String[]::new));
  }

  private static List<List<Labels>> groups(Set<Labels> series) {
    List<Labels> all = List.copyOf(series);
    List<List<Labels>> groups = new ArrayList<>();
    for (int from = 0; from < all.size(); from += GROUP_SERIES) {
      groups.add(all.subList(from, Math.min(from + GROUP_SERIES, all.size())));
    }
    return groups;
  }

  private long ingest(Db db, List<List<Labels>> groups) {
    long total = 0;
    try (ExecutorService workers =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      for (int done = 0; done < scrapes; done += ROUND_SCRAPES) {
        progress.show("scraping", done, scrapes);
        long start = INTERVAL_MILLIS * done;
        List<Callable<Long>> round = new ArrayList<>();
        groups.forEach(group -> round.add(() -> scrape(db, group, start)));
        for (Future<Long> samples : workers.invokeAll(round)) {
          total += samples.get();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ToolException("interrupted");
    } catch (ExecutionException e) {
      throw new ToolException("scraping failed: " + e.getCause().getMessage(), e);
    }
    out.line("ingestion completed");
    return total;
  }

  private static long scrape(Db db, List<Labels> group, long start) {
    long[] refs = new long[group.size()];
    for (int scrape = 1; scrape <= ROUND_SCRAPES; scrape++) {
      try (Appender appender = db.appender()) {
        for (int i = 0; i < refs.length; i++) {
          if (scrape == 1) {
            refs[i] = appender.series(group.get(i));
          }
          AppendResult result =
              appender.append(
                  refs[i], start + scrape * INTERVAL_MILLIS, FIRST_VALUE + scrape * VALUE_STEP);
          if (result != AppendResult.OK) {
            throw new ToolException(group.get(i) + ": " + result.message());
          }
        }
        appender.commit();
      }
    }
    return (long) ROUND_SCRAPES * refs.length;
  }
}
