package io.narthex.tsdb.head;

import io.narthex.model.labels.Labels;
import io.narthex.storage.SampleBuffer;
import io.narthex.storage.SeriesSet;
import java.util.List;

/** Selected rows of the head, read when asked for. */
final class HeadSeriesSet implements SeriesSet {
  private final Head head;
  private final Isolation.Member view;
  private final int[] rows;
  private final Labels[] labels;

  HeadSeriesSet(Head head, Isolation.Member view, int[] rows, Labels[] labels) {
    this.head = head;
    this.view = view;
    this.rows = rows;
    this.labels = labels;
  }

  @Override
  public int size() {
    return rows.length;
  }

  @Override
  public Labels labels(int series) {
    return labels[series];
  }

  @Override
  public void read(int series, long mint, long maxt, SampleBuffer into) {
    into.clear();
    int row = rows[series];
    RowReader reader = new RowReader(head.table, head.versions, head.slab);
    reader.load(row, mint, maxt);
    long until = Math.min(maxt, head.isolation().visibleUntil(view, reader.position()));
    if (until < mint) {
      return;
    }
    reader.decode(head.files, mint, until, into);
    if (reader.hasFlag(SeriesTable.FLAG_HAS_HISTOGRAMS)) {
      HistogramSamples samples = head.histograms.get(row);
      if (samples != null) {
        samples.mergeInto(mint, until, into);
      }
    }
    head.tombstones.apply(head.table.ref(row), into);
  }

  @Override
  public List<String> warnings() {
    return List.of();
  }
}
