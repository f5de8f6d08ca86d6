package io.narthex.tool.tsdb;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Matcher;
import io.narthex.storage.SampleBuffer;
import io.narthex.storage.SelectHints;
import io.narthex.storage.SeriesSet;
import io.narthex.tool.Output;
import io.narthex.tool.Progress;
import io.narthex.tsdb.ReadOnlyDb;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * {@code tsdb dump}: prints the series of a database that any of the selectors selects, by their
 * labels, and their samples by time. Memory is for the labels of all series and some days of one.
 */
public final class Dump {
  /** So much of a series is read at once. */
  private static final long WINDOW_MILLIS = 10L * 86_400_000;

  private final Path database;
  private final Optional<Path> sandboxRoot;
  private final long mint;
  private final long maxt;
  private final List<List<Matcher>> selectors;

  public Dump(
      Path database,
      Optional<Path> sandboxRoot,
      long mint,
      long maxt,
      List<List<Matcher>> selectors) {
    this.database = database;
    this.sandboxRoot = sandboxRoot;
    this.mint = mint;
    this.maxt = maxt;
    this.selectors = List.copyOf(selectors);
  }

  /**
   * @param damage told of what cannot be read
   */
  public void print(
      DumpFormat format, Output out, Progress progress, Consumer<ReadOnlyDb.Damage> damage) {
    try (ReadOnlyDb db =
        sandboxRoot.isPresent()
            ? ReadOnlyDb.open(database, sandboxRoot.get())
            : ReadOnlyDb.open(database)) {
      ReadOnlyDb.View view =
          db.view(mint, maxt, (done, of) -> progress.show("reading the log", done, of), damage);
      SelectHints hints = SelectHints.range(mint, maxt);
      List<SeriesSet> sets =
          selectors.stream().map(matchers -> view.querier().select(hints, matchers)).toList();
      DumpLines lines =
          switch (format) {
            case SAMPLES -> new SampleLines(out);
            case SERIES_JSON -> new SeriesJsonLines(out);
            case OPEN_METRICS -> new OpenMetricsLines(out);
          };
      printAll(sets, lines, view, progress);
      lines.end();
    } finally {
      progress.done();
    }
  }

  /** Goes over the sets side by side, so that a series in several of them is printed once. */
  private static void printAll(
      List<SeriesSet> sets, DumpLines lines, ReadOnlyDb.View view, Progress progress) {
    int[] next = new int[sets.size()];
    long all = sets.stream().mapToLong(SeriesSet::size).sum();
    long done = 0;
    SampleBuffer buffer = new SampleBuffer();
    while (true) {
      int smallest = -1;
      for (int i = 0; i < next.length; i++) {
        if (next[i] < sets.get(i).size()
            && (smallest < 0
                || labels(sets, next, i).compareTo(labels(sets, next, smallest)) < 0)) {
          smallest = i;
        }
      }
      if (smallest < 0) {
        return;
      }
      progress.show("dumping", done, all);
      Labels labels = labels(sets, next, smallest);
      if (lines.series(labels)) {
        samples(sets.get(smallest), next[smallest], view, buffer, lines);
      }
      for (int i = 0; i < next.length; i++) {
        if (next[i] < sets.get(i).size() && labels(sets, next, i).equals(labels)) {
          next[i]++;
          done++;
        }
      }
    }
  }

  private static Labels labels(List<SeriesSet> sets, int[] next, int set) {
    return sets.get(set).labels(next[set]);
  }

  private static void samples(
      SeriesSet set, int series, ReadOnlyDb.View view, SampleBuffer buffer, DumpLines lines) {
    long from = view.oldest();
    while (from <= view.newest()) {
      long left = view.newest() - from;
      // Differences of extreme times overflow into negative ones.
      long to = left >= 0 && left < WINDOW_MILLIS ? view.newest() : from + WINDOW_MILLIS;
      set.read(series, from, to, buffer);
      if (buffer.size() > 0 && !lines.samples(buffer)) {
        return;
      }
      if (to == view.newest()) {
        return;
      }
      from = to + 1;
    }
  }
}
