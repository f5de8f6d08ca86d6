package io.narthex.tsdb.head;

import io.narthex.model.labels.Matcher;
import io.narthex.tsdb.encoding.ByteWriter;
import io.narthex.tsdb.wal.RecordEncoder;
import io.narthex.tsdb.wal.RecordType;
import java.util.List;

/** Marks samples of the head as deleted, in the log first. Runs under the commit lock. */
final class HeadDeletion {
  private final Head head;

  HeadDeletion(Head head) {
    this.head = head;
  }

  void delete(long mint, long maxt, List<Matcher> matchers) {
    if (mint > maxt) {
      return;
    }
    int[] rows;
    head.indexLock.readLock().lock();
    try {
      rows = head.index.select(matchers).toArray();
    } finally {
      head.indexLock.readLock().unlock();
    }
    ByteWriter record = new ByteWriter(64);
    RecordEncoder.begin(record, RecordType.TOMBSTONES);
    long[] last = new long[rows.length];
    int n = 0;
    for (int row : rows) {
      // Only up to the newest sample: what comes later is not deleted.
      long until = Math.min(maxt, newest(row));
      if (until >= mint) {
        RecordEncoder.tombstone(record, head.table.ref(row), mint, until);
        rows[n] = row;
        last[n++] = until;
      }
    }
    if (n == 0) {
      return;
    }
    head.wal().ifPresent(wal -> wal.log(record));
    for (int i = 0; i < n; i++) {
      head.tombstones.add(head.table.ref(rows[i]), mint, last[i]);
      OutOfOrderSeries series = head.outOfOrder.get(rows[i]);
      // What comes at such a time again must find it free.
      if (series != null && series.delete(mint, last[i])) {
        head.metrics.chunksRemoved.inc();
      }
    }
  }

  private long newest(int row) {
    long inOrder = head.table.hot(row, SeriesTable.LAST_T);
    OutOfOrderSeries series = head.outOfOrder.get(row);
    return series == null ? inOrder : Math.max(inOrder, series.maxt());
  }
}
