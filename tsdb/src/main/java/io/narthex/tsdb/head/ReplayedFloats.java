package io.narthex.tsdb.head;

import io.narthex.model.value.StaleMarker;

/** Adds the log's float samples that no chunk has yet. */
final class ReplayedFloats {
  private final Head head;
  private final ReplayTally tally;
  private final long minValidTime;

  ReplayedFloats(Head head, ReplayTally tally) {
    this.head = head;
    this.tally = tally;
    this.minValidTime = head.minValidTime();
  }

  void add(long ref, long t, double value, long start) {
    if (t < minValidTime) {
      return;
    }
    int row = head.refs.row(ref);
    if (row < 0) {
      tally.unknownSamples++;
      return;
    }
    long[] columns = head.table.hot(row);
    int base = SeriesTable.base(row);
    if (t <= columns[base + SeriesTable.LAST_T]) {
      return;
    }
    boolean isStale = StaleMarker.is(value);
    if (isStale && head.table.hasFlag(row, SeriesTable.FLAG_HISTOGRAM)) {
      // The log has what was appended; what the head made of it depends on the sample before.
      tally.countState(columns, base, true, true);
      head.histogramWriter.append(row, t, head.histogramWriter.staleMarker(row), start, -1);
    } else {
      tally.countState(columns, base, isStale, false);
      head.writer.append(row, t, Double.doubleToRawLongBits(value), start, -1);
    }
    tally.sample(t);
  }
}
