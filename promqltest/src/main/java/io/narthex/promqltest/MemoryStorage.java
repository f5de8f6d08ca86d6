package io.narthex.promqltest;

import io.narthex.model.labels.Labels;
import io.narthex.storage.Appender;
import io.narthex.storage.Querier;
import io.narthex.storage.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * A storage in memory, for scripts and tests: floats, float histograms, staleness markers, start
 * times. Samples may come in any order. Integer histograms are kept with float counts; exemplars
 * and metadata are forgotten.
 *
 * <p>Safe for many threads. A querier sees what was committed when it was opened.
 */
public final class MemoryStorage implements Storage {
  private final Object lock = new Object();
  private final TreeMap<Labels, Long> refs = new TreeMap<>();
  private final List<MemorySeries> series = new ArrayList<>();

  @Override
  public Appender appender() {
    return new MemoryAppender(this);
  }

  @Override
  public Querier querier(long mint, long maxt) {
    synchronized (lock) {
      List<MemorySeries.Snapshot> snapshots = new ArrayList<>(series.size());
      for (long ref : refs.values()) {
        MemorySeries.Snapshot snapshot = series.get((int) ref - 1).snapshot();
        if (snapshot.overlaps(mint, maxt)) {
          snapshots.add(snapshot);
        }
      }
      return new MemoryQuerier(snapshots);
    }
  }

  long ref(Labels labels) {
    synchronized (lock) {
      Long known = refs.get(labels);
      if (known != null) {
        return known;
      }
      series.add(new MemorySeries(labels));
      long ref = series.size();
      refs.put(labels, ref);
      return ref;
    }
  }

  boolean knows(long ref) {
    synchronized (lock) {
      return ref > 0 && ref <= series.size();
    }
  }

  void commit(List<MemoryAppender.Pending> batch) {
    synchronized (lock) {
      for (MemoryAppender.Pending pending : batch) {
        series.get((int) pending.ref() - 1).append(pending.sample());
      }
    }
  }
}
