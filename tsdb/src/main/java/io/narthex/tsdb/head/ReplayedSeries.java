package io.narthex.tsdb.head;

import io.narthex.model.labels.Labels;
import io.narthex.tsdb.chunk.ChunkEncoding;

/** Creates the log's series and gives them the full chunks that were found for them. */
final class ReplayedSeries {
  private final Head head;
  private final MappedChunkLists mapped;
  private final ReplayTally tally;
  private final FullChunks.Cursor cursor = new FullChunks.Cursor();

  ReplayedSeries(Head head, MappedChunkLists mapped, ReplayTally tally) {
    this.head = head;
    this.mapped = mapped;
    this.tally = tally;
  }

  void add(long ref, Labels labels) {
    int row = row(ref, labels);
    long list = mapped.take(ref);
    if (list != FullChunks.EMPTY) {
      addChunks(row, list);
    }
  }

  private int row(long ref, Labels labels) {
    head.seriesRefs.used(ref);
    head.indexLock.writeLock().lock();
    try {
      int row = head.index.find(labels);
      if (row < 0) {
        return head.create(labels, ref);
      }
      if (head.table.ref(row) != ref) {
        head.alias(ref, row);
      }
      return row;
    } finally {
      head.indexLock.writeLock().unlock();
    }
  }

  /** Chunks of a second reference follow those of the first. */
  private void addChunks(int row, long list) {
    cursor.reset(head.slab, list);
    long[] columns = head.table.hot(row);
    int base = SeriesTable.base(row);
    long added = head.table.fullChunks(row);
    while (cursor.next()) {
      if (cursor.mint <= columns[base + SeriesTable.LAST_T]) {
        continue;
      }
      ChunkEncoding encoding = ChunkEncoding.of(cursor.encoding);
      added = head.fullChunks.add(added, cursor.mint, cursor.maxt, cursor.chunkRef, encoding);
      head.metrics.chunkCreated();
      tally.countState(columns, base, false, encoding.isHistogram());
      head.table.flag(row, SeriesTable.FLAG_HISTOGRAM, encoding.isHistogram());
      columns[base + SeriesTable.LAST_T] = cursor.maxt;
      tally.extend(cursor.mint, cursor.maxt);
    }
    head.table.fullChunks(row, added);
    head.fullChunks.free(list);
  }
}
