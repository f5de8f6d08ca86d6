package io.narthex.tsdb.torture;

import io.narthex.model.labels.Labels;
import io.narthex.storage.AppendResult;
import io.narthex.storage.Appender;
import io.narthex.tsdb.Db;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An appender, and what a database has to make of what it is given. */
final class OpenBatch {
  private final Appender appender;
  private final Map<Labels, Long> refs;
  private final Model model;
  private final long window;

  /** Newest sample and oldest time of the head when the appender was opened. */
  private final long headMax;

  private final long headMin;
  private final long chunkRange;
  private final List<Entry> accepted = new ArrayList<>();

  private record Entry(Labels labels, long t, String text) {}

  /**
   * @param refs references that were found before, as a scraper remembers them
   */
  OpenBatch(Db db, Map<Labels, Long> refs, Model model, long window, long chunkRange) {
    this.headMax = db.headMaxTime();
    this.headMin = db.headMinTime();
    this.appender = db.appender();
    this.refs = refs;
    this.model = model;
    this.window = window;
    this.chunkRange = chunkRange;
  }

  void add(Labels labels, long t, TestSeries.Value value) {
    model.know(labels);
    AppendResult result = append(refs.computeIfAbsent(labels, appender::series), t, value);
    if (result == AppendResult.UNKNOWN_SERIES) {
      long ref = appender.series(labels);
      refs.put(labels, ref);
      result = append(ref, t, value);
    }
    judge(labels, t, value.text(), result);
    if (result == AppendResult.OK) {
      accepted.add(new Entry(labels, t, value.text()));
    }
  }

  private AppendResult append(long ref, long t, TestSeries.Value value) {
    return switch (value) {
      case TestSeries.Number(double number) -> appender.append(ref, t, number);
      case TestSeries.Integers(var histogram) -> appender.append(ref, t, histogram);
      case TestSeries.Floats(var histogram) -> appender.append(ref, t, histogram.toFloat());
    };
  }

  /** Where it is clear what must become of a sample, nothing else may. */
  private void judge(Labels labels, long t, String text, AppendResult result) {
    if (headMax == Long.MIN_VALUE) {
      // The first sample says what is too old.
      return;
    }
    Model.Newest newest = model.newest(labels);
    boolean inHead = newest.t() >= floor();
    if (t == newest.t() && inHead) {
      AppendResult wanted =
          text.equals(newest.text()) ? AppendResult.OK : AppendResult.DUPLICATE_TIMESTAMP;
      // A staleness marker becomes a histogram of its own in a series of histograms, and histograms
      // may differ in empty buckets.
      boolean clear = SampleText.isNumber(text) || !text.equals(newest.text());
      if (clear && !text.equals(SampleText.STALE)) {
        check(result == wanted, labels, t, result, "it should be " + wanted);
      }
    } else if (t > newest.t() && t >= headMax) {
      check(result == AppendResult.OK, labels, t, result, "it is the newest of all");
    } else if (t > newest.t() && t >= floor()) {
      check(result == AppendResult.OK, labels, t, result, "it is the newest of its series");
    } else if (window > 0 && t >= headMax - window) {
      check(result == AppendResult.OK, labels, t, result, "it is in the window");
    } else if (window == 0 && t < newest.t() && inHead) {
      check(result != AppendResult.OK, labels, t, result, "it is older than " + newest.t());
    } else if (window > 0 && t < newest.t() && inHead && t < headMax - window) {
      check(result == AppendResult.TOO_OLD, labels, t, result, "it is too old");
    }
  }

  /** From this time on series in the head take samples in order. */
  private long floor() {
    return Math.max(headMin, headMax - chunkRange / 2);
  }

  private void check(boolean right, Labels labels, long t, AppendResult result, String why) {
    if (!right) {
      throw new AssertionError(
          "sample of %s at %d (head %d to %d, window %d): %s, but %s"
              .formatted(labels, t, headMin, headMax, window, result, why));
    }
  }

  void rollback() {
    appender.rollback();
  }

  void commit() {
    appender.commit();
    for (Entry entry : accepted) {
      committed(entry.labels(), entry.t(), entry.text());
    }
  }

  private void committed(Labels labels, long t, String text) {
    Model.Newest newest = model.newest(labels);
    if (t > newest.t()) {
      model.append(labels, t, text);
    } else if (t == newest.t()) {
      // The same sample again, or another appender was faster.
      if (!text.equals(newest.text())) {
        model.maybe(labels, t, text);
      }
    } else if (headMax == Long.MIN_VALUE) {
      // The first sample of the batch said what is too old.
      model.maybe(labels, t, text);
    } else if (window > 0 && t >= headMax - window) {
      model.insert(labels, t, text);
    } else if (window > 0) {
      // In order when it was taken in, now behind a newer one and too old to go before it.
      return;
    } else {
      // Another appender was faster, unless the head has forgotten what it had.
      model.maybe(labels, t, text);
    }
  }
}
