package io.narthex.tsdb.head;

import io.narthex.model.value.StaleMarker;

/** Adds the log's histogram samples. */
final class ReplayedHistograms {
  private final Head head;
  private final ReplayTally tally;
  private final long minValidTime;

  ReplayedHistograms(Head head, ReplayTally tally) {
    this.head = head;
    this.tally = tally;
    this.minValidTime = head.minValidTime();
  }

  void add(HistogramSample sample) {
    long t = sample.timestampMillis();
    if (t < minValidTime) {
      return;
    }
    int row = head.refs.row(sample.ref());
    if (row < 0) {
      tally.unknownHistograms++;
      return;
    }
    long[] columns = head.table.hot(row);
    int base = SeriesTable.base(row);
    HistogramSamples mine = head.histograms.computeIfAbsent(row, r -> new HistogramSamples());
    if (t <= columns[base + SeriesTable.LAST_T]) {
      addBetweenChunks(row, sample, mine);
      return;
    }
    tally.countState(columns, base, StaleMarker.is(sample.sum()), true);
    head.writer.closeFloats(row);
    mine.add(sample);
    head.writer.appendedHistogram(row, t, sample.sum(), -1);
    tally.sample(t);
  }

  /** Histograms are in the log alone, even where later floats are in chunks already. */
  private void addBetweenChunks(int row, HistogramSample sample, HistogramSamples mine) {
    long t = sample.timestampMillis();
    if (mine.size() > 0 && t <= mine.maxt()) {
      return;
    }
    FullChunks.Cursor cursor = new FullChunks.Cursor();
    cursor.reset(head.slab, head.table.fullChunks(row));
    while (cursor.next()) {
      if (cursor.mint <= t && t <= cursor.maxt) {
        return;
      }
    }
    mine.add(sample);
    head.table.flag(row, SeriesTable.FLAG_HAS_HISTOGRAMS, true);
    tally.sample(t);
  }
}
