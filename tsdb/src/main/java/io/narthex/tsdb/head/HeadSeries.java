package io.narthex.tsdb.head;

import io.narthex.model.labels.Labels;
import io.narthex.storage.StorageException;
import java.util.concurrent.atomic.AtomicLong;

/** Finds series of the head by their labels, and creates them. */
final class HeadSeries {
  private final Head head;

  /** How many references are not the first of their row. */
  private final AtomicLong aliases = new AtomicLong();

  HeadSeries(Head head) {
    this.head = head;
  }

  /** The reference of a label set's series, which is created where there is none. */
  long getOrCreate(Labels labels) {
    if (labels.isEmpty()) {
      throw new StorageException("empty labelset: a series needs at least one label");
    }
    head.indexLock.readLock().lock();
    try {
      int row = head.index.find(labels);
      if (row >= 0) {
        return head.table.ref(row);
      }
    } finally {
      head.indexLock.readLock().unlock();
    }
    head.indexLock.writeLock().lock();
    try {
      int row = head.index.find(labels);
      if (row < 0) {
        row = create(labels, head.seriesRefs.next());
        head.newSeries.add(row, head.table.ref(row));
      }
      return head.table.ref(row);
    } finally {
      head.indexLock.writeLock().unlock();
    }
  }

  private int create(Labels labels, long ref) {
    return create(labels.hash(), head.labelStore.add(labels), ref);
  }

  /**
   * Creates a series for a label set as symbols, names at even positions. The caller holds the
   * index lock and has looked for it.
   */
  int create(long hash, int[] symbolIds, int count, long ref) {
    return create(hash, head.labelStore.add(symbolIds, count), ref);
  }

  private int create(long hash, int address, long ref) {
    int row = head.table.add(ref, address);
    head.index.add(row, hash);
    head.refs.put(ref, row);
    head.metrics.seriesCreated.inc();
    return row;
  }

  /** Whether some row has more than one reference. */
  boolean hasAliases() {
    return aliases.get() > 0;
  }

  /** How many references are not the first of their row. */
  long aliases() {
    return aliases.get();
  }

  /** Gives a series another reference, which the log has for it too. */
  void alias(long ref, int row) {
    head.refs.put(ref, row);
    aliases.incrementAndGet();
  }

  /** So many references that were not the first of their row are gone. */
  void forgetAliases(int count) {
    aliases.addAndGet(-count);
  }

  /** Labels of a row; the caller holds the index lock. */
  Labels labels(int row) {
    return head.labelStore.labels(head.table.labels(row));
  }

  /** Labels of a row, for callers without the index lock. */
  Labels lockedLabels(int row) {
    head.indexLock.readLock().lock();
    try {
      return labels(row);
    } finally {
      head.indexLock.readLock().unlock();
    }
  }
}
