package io.narthex.tsdb.head;

import io.narthex.model.labels.Labels;
import io.narthex.storage.SampleBuffer;
import io.narthex.storage.SeriesSet;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Selected rows of the head, read when asked for. Their label sets are made when the first is asked
 * for: some queries never do. Rows keep theirs as long as the view is open.
 */
final class HeadSeriesSet implements SeriesSet {
  private final Head head;
  private final Isolation.Member view;
  private final int[] rows;

  /** One for each thread that reads at the same time. */
  private final Queue<RowReader> spare = new ConcurrentLinkedQueue<>();

  private volatile Labels @Nullable [] labels;

  HeadSeriesSet(Head head, Isolation.Member view, int[] rows) {
    this.head = head;
    this.view = view;
    this.rows = rows;
  }

  @Override
  public int size() {
    return rows.length;
  }

  @Override
  public Labels labels(int series) {
    Labels[] known = labels;
    if (known == null) {
      known = allLabels();
      labels = known;
    }
    return known[series];
  }

  private Labels[] allLabels() {
    Labels[] all = new Labels[rows.length];
    head.indexLock.readLock().lock();
    try {
      for (int i = 0; i < all.length; i++) {
        all[i] = head.series.labels(rows[i]);
      }
    } finally {
      head.indexLock.readLock().unlock();
    }
    return all;
  }

  @Override
  public void read(int series, long mint, long maxt, SampleBuffer into) {
    into.clear();
    RowReader reader = spare.poll();
    if (reader == null) {
      reader = new RowReader(head);
    }
    read(rows[series], reader, mint, maxt, into);
    spare.add(reader);
  }

  private void read(int row, RowReader reader, long mint, long maxt, SampleBuffer into) {
    reader.load(row, mint, maxt);
    long until = Math.min(maxt, head.isolation().visibleUntil(view, reader.position()));
    if (until >= mint) {
      reader.decode(head.files, mint, until, into);
      head.tombstones.inOrder(head.table.ref(row)).removeFrom(into);
    }
    if (reader.hasFlag(SeriesTable.FLAG_OUT_OF_ORDER)) {
      OutOfOrderSeries late = head.outOfOrder.get(row);
      if (late != null) {
        LateDeletions deleted = head.tombstones.late(head.table.ref(row));
        new OutOfOrderReader(head.files, view.position(), deleted)
            .mergeInto(late, mint, maxt, into);
      }
    }
  }

  @Override
  public List<String> warnings() {
    return List.of();
  }
}
