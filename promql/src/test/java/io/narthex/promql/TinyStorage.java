package io.narthex.promql;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Matcher;
import io.narthex.storage.Querier;
import io.narthex.storage.Queryable;
import io.narthex.storage.SampleBuffer;
import io.narthex.storage.SelectHints;
import io.narthex.storage.SeriesSet;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Series in memory, for tests of the engine. */
final class TinyStorage implements Queryable {
  private final TreeMap<Labels, SampleBuffer> series = new TreeMap<>();
  final AtomicInteger opened = new AtomicInteger();
  final AtomicInteger closed = new AtomicInteger();
  final AtomicInteger selected = new AtomicInteger();
  final List<String> warnings = new ArrayList<>();
  volatile Runnable onRead = () -> {};

  /** Adds float samples at start, start + step … */
  TinyStorage add(Labels labels, long start, long step, double... values) {
    SampleBuffer buffer = series.computeIfAbsent(labels, l -> new SampleBuffer(8));
    for (int i = 0; i < values.length; i++) {
      buffer.add(start + i * step, values[i]);
    }
    return this;
  }

  TinyStorage add(Labels labels, long time, FloatHistogram histogram) {
    series.computeIfAbsent(labels, l -> new SampleBuffer(8)).add(time, histogram);
    return this;
  }

  @Override
  public Querier querier(long mint, long maxt) {
    opened.incrementAndGet();
    return new View(mint, maxt);
  }

  private final class View implements Querier {
    private final long mint;
    private final long maxt;

    View(long mint, long maxt) {
      this.mint = mint;
      this.maxt = maxt;
    }

    @Override
    public SeriesSet select(SelectHints hints, List<Matcher> matchers) {
      selected.incrementAndGet();
      List<Labels> found = new ArrayList<>();
      for (Labels labels : series.keySet()) {
        if (matchers.stream().allMatch(m -> m.matches(labels.get(m.name())))) {
          found.add(labels);
        }
      }
      return new Found(found, mint, maxt);
    }

    @Override
    public List<String> labelNames(List<Matcher> matchers, int limit) {
      return List.of();
    }

    @Override
    public List<String> labelValues(String name, List<Matcher> matchers, int limit) {
      return List.of();
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }

  private final class Found implements SeriesSet {
    private final List<Labels> labels;
    private final long mint;
    private final long maxt;

    Found(List<Labels> labels, long mint, long maxt) {
      this.labels = labels;
      this.mint = mint;
      this.maxt = maxt;
    }

    @Override
    public int size() {
      return labels.size();
    }

    @Override
    public Labels labels(int i) {
      return labels.get(i);
    }

    @Override
    public void read(int i, long from, long to, SampleBuffer into) {
      if (from < mint || to > maxt) {
        throw new AssertionError(
            "read [" + from + ", " + to + "] of a view of [" + mint + ", " + maxt + "]");
      }
      onRead.run();
      into.clear();
      SampleBuffer all = series.get(labels.get(i));
      for (int s = 0; s < all.size(); s++) {
        if (all.timestamps[s] >= from && all.timestamps[s] <= to) {
          if (all.histograms != null && all.histograms[s] != null) {
            into.add(all.timestamps[s], all.histograms[s]);
          } else {
            into.add(all.timestamps[s], all.values[s]);
          }
        }
      }
    }

    @Override
    public List<String> warnings() {
      return warnings;
    }
  }
}
