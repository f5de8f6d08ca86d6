package io.narthex.tsdb.head;

import io.narthex.model.labels.Labels;
import io.narthex.tsdb.chunk.HeadChunkFiles;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Takes out of the head what is in blocks now: chunks that end before a time, and series that have
 * nothing left. Works in slices of rows, so that commits and selections wait a few milliseconds at
 * most.
 *
 * <p>Rows of series taken out wait in limbo until no view or appender can know them any more: an
 * appender that has a sample for one revives the series at commit.
 */
final class HeadTruncation {
  private static final int SLICE = 8192;

  /** Rows taken out at a time, and when. */
  private record Limbo(int[] rows, long sequence) {}

  /** References of series taken out that segments of the log still speak of. */
  private record Expired(long[] refs, long lastSegment) {}

  private final Head head;
  private final ArrayDeque<Limbo> limbo = new ArrayDeque<>();
  private final List<Expired> expired = new ArrayList<>();
  private final FullChunks.Cursor cursor = new FullChunks.Cursor();
  private int[] removed = new int[256];
  private int removedCount;
  private int oldestFile;
  private long oldestTime;

  HeadTruncation(Head head) {
    this.head = head;
  }

  /**
   * Drops what is before a time.
   *
   * @return time of the oldest sample that is left
   */
  long run(long mint) {
    long start = System.nanoTime();
    sweep();
    removedCount = 0;
    oldestTime = Long.MAX_VALUE;
    // Files from here on have chunks that are added while we look, to rows that we have seen.
    oldestFile = head.files.cutNewFile();
    int limit = head.table.limit();
    for (int from = 0; from < limit; from += SLICE) {
      slice(from, Math.min(limit, from + SLICE), mint);
    }
    if (removedCount > 0) {
      int[] rows = Arrays.copyOf(removed, removedCount);
      limbo.add(new Limbo(rows, head.isolation().sequence()));
      remember(rows);
    }
    head.tombstones.dropBefore(
        Math.min(mint, head.times.outOfOrder().mint()), ref -> head.refs.row(ref) >= 0);
    head.files.truncate(oldestFile);
    removed = new int[256];
    sweep();
    new SlabCompaction(head).run();
    head.metrics.gcSeconds.observeSince(start);
    return oldestTime;
  }

  /** Takes out rows whose samples are all in blocks; the caller holds the commit lock. */
  void evict(int[] rows) {
    if (rows.length == 0) {
      return;
    }
    removedCount = 0;
    for (int row : rows) {
      truncate(row, Long.MAX_VALUE);
    }
    takeOut(0);
    limbo.add(new Limbo(rows, head.isolation().sequence()));
    remember(rows);
    head.wal().ifPresent(wal -> wal.log(EvictionRecord.of(head.table, rows)));
  }

  /**
   * Makes a row as new: it left the head at this point of the log, and may come back further on.
   * What it gets then may be older than what it had.
   */
  void forgetSamples(int row) {
    dropFullChunks(row, Long.MAX_VALUE);
    dropOpenChunk(row, Long.MAX_VALUE);
    head.table.reset(row);
  }

  /** Takes out rows that have stayed as new; the caller holds the commit lock. */
  void removeEmpty(int[] rows, long lastSegment) {
    removedCount = 0;
    for (int row : rows) {
      if (head.table.hot(row, SeriesTable.LAST_T) == Long.MIN_VALUE) {
        head.table.flag(row, SeriesTable.FLAG_EMPTY, true);
        truncate(row, Long.MAX_VALUE);
      }
    }
    if (removedCount > 0) {
      takeOut(0);
      int[] gone = Arrays.copyOf(removed, removedCount);
      limbo.add(new Limbo(gone, head.isolation().sequence()));
      remember(gone, lastSegment);
    }
  }

  private void slice(int from, int to, long mint) {
    int firstRemoved = removedCount;
    head.commitLock.lock();
    try {
      for (int row = from; row < to; row++) {
        if (head.table.ref(row) != 0 && !head.table.hasFlag(row, SeriesTable.FLAG_DEAD)) {
          truncate(row, mint);
        }
      }
      if (removedCount > firstRemoved) {
        takeOut(firstRemoved);
      }
    } finally {
      head.commitLock.unlock();
    }
  }

  private void truncate(int row, long mint) {
    dropFullChunks(row, mint);
    dropOpenChunk(row, mint);
    boolean late = keepOutOfOrder(row);
    SeriesTable table = head.table;
    boolean open = SeriesTable.count(table.hot(row, SeriesTable.HEAD)) > 0;
    boolean full = FullChunks.count(table.fullChunks(row)) > 0;
    if (open || full || late) {
      table.flag(row, SeriesTable.FLAG_EMPTY, false);
      return;
    }
    // A series without any sample may have been created for a batch that is yet to come.
    boolean fresh = table.hot(row, SeriesTable.LAST_T) == Long.MIN_VALUE;
    if (fresh && !table.hasFlag(row, SeriesTable.FLAG_EMPTY)) {
      table.flag(row, SeriesTable.FLAG_EMPTY, true);
      return;
    }
    if (removedCount == removed.length) {
      removed = Arrays.copyOf(removed, removedCount * 2);
    }
    removed[removedCount++] = row;
  }

  /** Out-of-order samples go with a cut of their own; until then their series and files stay. */
  private boolean keepOutOfOrder(int row) {
    OutOfOrderSeries series = head.outOfOrder.get(row);
    if (series == null) {
      return false;
    }
    oldestFile = Math.min(oldestFile, series.oldestFile());
    return !series.isEmpty();
  }

  private void dropFullChunks(int row, long mint) {
    long list = head.table.fullChunks(row);
    if (FullChunks.count(list) == 0) {
      return;
    }
    cursor.reset(head.slab, list);
    int dropped = 0;
    long kept = FullChunks.EMPTY;
    boolean first = true;
    while (cursor.next()) {
      if (cursor.maxt < mint) {
        dropped++;
        continue;
      }
      if (first) {
        first = false;
        oldestFile = Math.min(oldestFile, HeadChunkFiles.fileNumber(cursor.chunkRef));
        oldestTime = Math.min(oldestTime, cursor.mint);
        if (dropped == 0) {
          return;
        }
      }
      kept = head.fullChunks.copyEntry(kept, cursor);
    }
    head.versions.beginWrite(row);
    head.table.fullChunks(row, kept);
    head.fullChunks.free(list);
    head.versions.endWrite(row);
    head.metrics.chunksRemoved.add(dropped);
  }

  private void dropOpenChunk(int row, long mint) {
    long[] columns = head.table.hot(row);
    int base = SeriesTable.base(row);
    if (SeriesTable.count(columns[base + SeriesTable.HEAD]) == 0) {
      return;
    }
    if (columns[base + SeriesTable.LAST_T] >= mint) {
      oldestTime = Math.min(oldestTime, columns[base + SeriesTable.CHUNK_MINT]);
      return;
    }
    head.versions.beginWrite(row);
    head.writer.dropOpen(row);
    head.versions.endWrite(row);
    head.metrics.chunksRemoved.inc();
  }

  private void takeOut(int from) {
    head.indexLock.writeLock().lock();
    try {
      for (int i = from; i < removedCount; i++) {
        int row = removed[i];
        Labels labels = head.series.labels(row);
        head.index.remove(row, labels);
        head.counts.forgetState(row);
        head.table.flag(row, SeriesTable.FLAG_DEAD, true);
      }
    } finally {
      head.indexLock.writeLock().unlock();
    }
    head.metrics.seriesRemoved.add(removedCount - from);
  }

  private void remember(int[] rows) {
    head.wal().ifPresent(wal -> remember(rows, wal.currentSegment()));
  }

  private void remember(int[] rows, long lastSegment) {
    long[] refs = references(rows);
    Arrays.sort(refs);
    expired.add(new Expired(refs, lastSegment));
  }

  /** Whether the log may still have samples of a series that was taken out. */
  boolean isExpired(long ref) {
    for (Expired batch : expired) {
      if (Arrays.binarySearch(batch.refs(), ref) >= 0) {
        return true;
      }
    }
    return false;
  }

  /** The log has nothing any more of segments up to this one. */
  void forgetExpired(long segment) {
    expired.removeIf(batch -> batch.lastSegment() <= segment);
  }

  /** Frees rows that nobody can know any more, and with them strings and pages. */
  void sweep() {
    boolean freed = false;
    while (!limbo.isEmpty() && head.isolation().closedUpTo(limbo.getFirst().sequence())) {
      int[] rows = limbo.removeFirst().rows();
      for (int from = 0; from < rows.length; from += SLICE) {
        free(Arrays.copyOfRange(rows, from, Math.min(rows.length, from + SLICE)));
      }
      freed = true;
    }
    if (freed) {
      reclaim();
    }
  }

  /** All references of rows; further ones are looked for only where there are any at all. */
  private long[] references(int[] rows) {
    head.indexLock.readLock().lock();
    try {
      if (head.series.hasAliases()) {
        BitSet wanted = new BitSet(head.table.limit());
        for (int row : rows) {
          wanted.set(row);
        }
        return head.refs.of(wanted);
      }
    } finally {
      head.indexLock.readLock().unlock();
    }
    long[] refs = new long[rows.length];
    for (int i = 0; i < rows.length; i++) {
      refs[i] = head.table.ref(rows[i]);
    }
    return refs;
  }

  private void free(int[] rows) {
    head.commitLock.lock();
    head.indexLock.writeLock().lock();
    try {
      long[] refs = references(rows);
      head.series.forgetAliases(refs.length - rows.length);
      for (long ref : refs) {
        head.refs.remove(ref);
      }
      for (int row : rows) {
        head.outOfOrder.remove(row);
        head.metadata.forget(row);
        head.labelStore.release(head.table.labels(row));
        head.table.remove(row);
      }
    } finally {
      head.indexLock.writeLock().unlock();
      head.commitLock.unlock();
    }
  }

  private void reclaim() {
    head.commitLock.lock();
    try {
      head.metadata.reclaim();
      head.openHistograms.trim();
      trimTable();
    } finally {
      head.commitLock.unlock();
    }
    head.indexLock.writeLock().lock();
    try {
      BitSet used = new BitSet(head.symbols.limit());
      int limit = head.table.limit();
      for (int row = 0; row < limit; row++) {
        int address = head.table.labels(row);
        if (address != -1) {
          head.labelStore.mark(address, used);
        }
      }
      head.symbols.retain(used);
      if (head.labelStore.sparse()) {
        head.labelStore.compact(limit, new Addresses());
      }
    } finally {
      head.indexLock.writeLock().unlock();
    }
  }

  private void trimTable() {
    head.indexLock.writeLock().lock();
    try {
      head.table.trim();
      head.starts.trim(head.table);
      head.outOfOrder.trim(head.table);
    } finally {
      head.indexLock.writeLock().unlock();
    }
  }

  private final class Addresses implements LabelStore.Relocation {
    @Override
    public int address(int row) {
      return head.table.labels(row);
    }

    @Override
    public void move(int row, int address) {
      head.table.labels(row, address);
    }
  }
}
