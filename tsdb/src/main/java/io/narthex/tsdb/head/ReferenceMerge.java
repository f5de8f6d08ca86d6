package io.narthex.tsdb.head;

import io.narthex.storage.StorageException;
import io.narthex.tsdb.wal.RefRewrite;
import io.narthex.tsdb.wal.WalPosition;
import io.narthex.tsdb.wal.WalSegments;
import io.narthex.tsdb.wal.WalWriter;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives each series one reference in the logs again after batches were logged during a replay.
 * Those may have another one than the log had before: see {@link RefRewrite}.
 */
final class ReferenceMerge {
  private static final Logger LOG = LoggerFactory.getLogger(ReferenceMerge.class);

  private final Head head;
  private final WalWriter wal;
  private boolean needed;

  ReferenceMerge(Head head, WalWriter wal) {
    this.head = head;
    this.wal = wal;
  }

  /** Ends the segments with such batches; the caller holds the commit lock and ends the replay. */
  void endSegments() {
    boolean own = !wal.position().equals(new WalPosition(wal.firstSegment(), 0));
    needed =
        head.series.hasAliases() && (own || head.seriesRefs.unmergedFrom() < wal.firstSegment());
    if (needed) {
      head.indexLock.writeLock().lock();
      try {
        head.newSeries.dropKnown(head.table);
      } finally {
        head.indexLock.writeLock().unlock();
      }
      wal.nextSegment();
      head.outOfOrderLog.writer().ifPresent(WalWriter::nextSegment);
    }
  }

  /** Rewrites the ended segments; where that fails the next start tries again. */
  void run() {
    try {
      if (needed) {
        rewrite(wal.folder(), head.seriesRefs.unmergedFrom(), wal.currentSegment());
        head.outOfOrderLog
            .writer()
            .ifPresent(log -> rewrite(log.folder(), 0, log.currentSegment()));
      }
      head.seriesRefs.merged();
    } catch (StorageException e) {
      LOG.atWarn()
          .addKeyValue("err", e.getMessage())
          .log("Series keep two references in the log; the next start will merge them");
    }
  }

  private void rewrite(Path folder, int from, int to) {
    for (int segment : WalSegments.list(folder)) {
      if (segment >= from && segment < to) {
        RefRewrite.segment(folder, segment, this::canonical);
      }
    }
  }

  private long canonical(long ref) {
    int row = head.refs.row(ref);
    return row < 0 ? ref : head.table.ref(row);
  }
}
