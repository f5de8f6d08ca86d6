package io.narthex.tsdb.head;

import io.narthex.model.labels.Labels;
import io.narthex.storage.DatabaseAdmin.Count;
import io.narthex.storage.DatabaseAdmin.Statistics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Counts what is in the head, for the status page. */
public final class HeadStatistics {
  /** The largest counts, at most so many. */
  private static final class Largest {
    private final int limit;
    private final PriorityQueue<Count> kept =
        new PriorityQueue<>(Comparator.comparingLong(Count::value));

    Largest(int limit) {
      this.limit = limit;
    }

    void add(String name, long value) {
      if (kept.size() < limit) {
        kept.add(new Count(name, value));
      } else if (limit > 0 && kept.element().value() < value) {
        kept.remove();
        kept.add(new Count(name, value));
      }
    }

    boolean takes(long value) {
      return kept.size() < limit || (limit > 0 && kept.element().value() < value);
    }

    List<Count> list() {
      List<Count> sorted = new ArrayList<>(kept);
      sorted.sort(Comparator.comparingLong(Count::value).reversed().thenComparing(Count::name));
      return sorted;
    }
  }

  private final Head head;
  private final Largest metricNames;
  private final Largest labelValues;
  private final Largest bytes;
  private final Largest pairs;
  private long labelPairs;

  private HeadStatistics(Head head, int limit) {
    this.head = head;
    this.metricNames = new Largest(limit);
    this.labelValues = new Largest(limit);
    this.bytes = new Largest(limit);
    this.pairs = new Largest(limit);
  }

  /** The cardinality of the head, with the largest entries of each kind. */
  public static Statistics of(Head head, int limit) {
    HeadStatistics statistics = new HeadStatistics(head, limit);
    long series;
    head.indexLock.readLock().lock();
    try {
      series = head.index.size();
      head.index.names().forEach(statistics::add);
    } finally {
      head.indexLock.readLock().unlock();
    }
    return new Statistics(
        series,
        statistics.labelPairs,
        head.counts().chunks(),
        head.minTime(),
        head.maxTime(),
        statistics.metricNames.list(),
        statistics.labelValues.list(),
        statistics.bytes.list(),
        statistics.pairs.list());
  }

  private void add(String name, LabelValues values) {
    labelValues.add(name, values.size());
    labelPairs += values.size();
    long size = 0;
    boolean isMetricName = name.equals(Labels.METRIC_NAME);
    int nameBytes = encodedBytes(name);
    for (int slot = 0; slot < values.slots(); slot++) {
      if (values.value(slot) < 0) {
        continue;
      }
      String value = head.symbols.text(values.value(slot));
      long series = values.count(slot);
      size += series * (nameBytes + encodedBytes(value));
      if (isMetricName) {
        metricNames.add(value, series);
      }
      if (pairs.takes(series)) {
        pairs.add(name + "=" + value, series);
      }
    }
    bytes.add(name, size);
  }

  /** As Prometheus keeps label strings: a length of one or four bytes, then UTF-8. */
  private static int encodedBytes(String text) {
    int length = text.getBytes(StandardCharsets.UTF_8).length;
    return length + (length < 255 ? 1 : 4);
  }
}
