package io.narthex.tsdb.head;

import io.narthex.model.histogram.NativeHistogram;

/** Adds the log's histogram samples that no chunk has yet. */
final class ReplayedHistograms {
  private final Head head;
  private final ReplayTally tally;
  private final long minValidTime;

  ReplayedHistograms(Head head, ReplayTally tally) {
    this.head = head;
    this.tally = tally;
    this.minValidTime = head.minValidTime();
  }

  void add(long ref, long t, NativeHistogram h, long start) {
    if (t < minValidTime) {
      return;
    }
    int row = head.refs.row(ref);
    if (row < 0) {
      tally.unknownHistograms++;
      return;
    }
    long[] columns = head.table.hot(row);
    int base = SeriesTable.base(row);
    if (t <= columns[base + SeriesTable.LAST_T]) {
      return;
    }
    tally.countState(columns, base, h.isStale(), true);
    head.histogramWriter.append(row, t, h, start, -1);
    tally.sample(t);
  }
}
