package io.narthex.tsdb.head;

import io.narthex.tsdb.wal.WalWriter;
import java.util.Optional;

/**
 * Takes out-of-order samples to blocks in two steps: {@link #cut} moves all that is in memory to
 * head chunks, and {@link #drop} forgets those when blocks have them. Works in slices of rows, so
 * that commits wait a few milliseconds at most.
 */
final class OutOfOrderTruncation {
  private static final int SLICE = 2048;

  private final Head head;
  private LastCompacted last = LastCompacted.NONE;
  private long mint;
  private long maxt;

  OutOfOrderTruncation(Head head) {
    this.head = head;
  }

  /** All samples that are there now, and the log's segments that may go with them. */
  OutOfOrderCut cut() {
    last = LastCompacted.NONE;
    mint = Long.MAX_VALUE;
    maxt = Long.MIN_VALUE;
    // First: what comes to the log before a row is cut is in the new segment and in a block, which
    // does no harm. The other way round it would be lost.
    int segment = head.outOfOrderLog.writer().map(WalWriter::nextSegment).orElse(0);
    int row = head.outOfOrder.next(0);
    while (row >= 0) {
      row = cutSlice(row);
    }
    // A marker in the log may speak of these chunks from now on.
    head.files.flush();
    return new OutOfOrderCut(last, segment, mint, maxt);
  }

  private int cutSlice(int first) {
    head.commitLock.lock();
    try {
      head.outOfOrderWriter.lowWatermark(head.isolation().lowWatermark());
      int row = first;
      for (int n = 0; n < SLICE && row >= 0; n++) {
        OutOfOrderSeries series = head.outOfOrder.get(row);
        if (series != null) {
          head.outOfOrderWriter.cut(head.table.ref(row), series);
          for (OutOfOrderSeries.Mapped chunk : series.mapped()) {
            mint = Math.min(mint, chunk.mint());
            maxt = Math.max(maxt, chunk.maxt());
            if (!last.covers(chunk.chunkRef())) {
              last = new LastCompacted(chunk.chunkRef(), chunk.mint(), chunk.maxt());
            }
          }
        }
        row = head.outOfOrder.next(row + 1);
      }
      return row;
    } finally {
      head.commitLock.unlock();
    }
  }

  /** Forgets the samples of a cut. Nobody may read them any more. */
  void drop(OutOfOrderCut cut) {
    head.times.outOfOrder().beginTruncation();
    mint = Long.MAX_VALUE;
    maxt = Long.MIN_VALUE;
    int row = head.outOfOrder.next(0);
    while (row >= 0) {
      row = dropSlice(row, cut);
    }
    head.times.outOfOrder().endTruncation(mint, maxt);
  }

  private int dropSlice(int first, OutOfOrderCut cut) {
    head.commitLock.lock();
    try {
      int row = first;
      for (int n = 0; n < SLICE && row >= 0; n++) {
        OutOfOrderSeries series = head.outOfOrder.get(row);
        if (series != null) {
          head.metrics.chunksRemoved.add(series.dropUpTo(cut.last()));
          mint = Math.min(mint, series.mint());
          maxt = Math.max(maxt, series.maxt());
          if (series.isEmpty()) {
            head.removeOutOfOrder(row);
          }
        }
        row = head.outOfOrder.next(row + 1);
      }
      return row;
    } finally {
      head.commitLock.unlock();
    }
  }

  /** Deletes the log's segments of a cut, and makes a start pass over its head chunks. */
  void truncateLog(OutOfOrderCut cut) {
    Optional<WalWriter> log = head.outOfOrderLog.writer();
    if (log.isPresent()) {
      head.outOfOrderLog.compacted(cut.isEmpty() ? head.outOfOrderLog.compacted() : cut.last());
      log.get().truncate(cut.logSegment());
    }
  }
}
