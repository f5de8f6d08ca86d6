package io.narthex.tsdb.head;

import io.narthex.storage.StorageException;
import io.narthex.tsdb.wal.Checkpoint;
import io.narthex.tsdb.wal.WalCompression;
import io.narthex.tsdb.wal.WalCorruptionException;
import io.narthex.tsdb.wal.WalRepair;
import io.narthex.tsdb.wal.WalSegments;
import io.narthex.tsdb.wal.WalWriter;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shortens the log to what a replay needs. */
final class LogTruncation {
  private static final Logger LOG = LoggerFactory.getLogger(LogTruncation.class);

  private final Head head;
  private final WalWriter wal;
  private final HeadTruncation removed;

  LogTruncation(Head head, WalWriter wal, HeadTruncation removed) {
    this.head = head;
    this.wal = wal;
    this.removed = removed;
  }

  /** Samples before the time are in blocks. */
  void run(long mint) {
    long start = System.nanoTime();
    List<Integer> segments = WalSegments.list(wal.folder());
    // So that a log with little in it does not keep more than it must.
    wal.nextSegment();
    if (segments.isEmpty()) {
      return;
    }
    int first = segments.getFirst();
    // Never the newest segment. The lower two thirds have mostly what is in blocks by now.
    int last = first + (segments.getLast() - 1 - first) * 2 / 3;
    if (last <= first) {
      return;
    }
    // One would bring series back that the checkpoint forgets.
    ChunkSnapshot.deleteAll(wal.folder().toAbsolutePath().getParent());
    writeCheckpoint(first, last, mint);
    try {
      wal.truncate(last + 1);
    } catch (StorageException e) {
      LOG.atError().addKeyValue("err", e.getMessage()).log("truncating segments failed");
    }
    removed.forgetExpired(last);
    head.metrics.checkpointDeletions.inc();
    try {
      Checkpoint.deleteBefore(wal.folder(), last);
    } catch (StorageException e) {
      head.metrics.checkpointDeletionsFailed.inc();
      LOG.atError().addKeyValue("err", e.getMessage()).log("delete old checkpoints");
    }
    head.metrics.walTruncateSeconds.observeSince(start);
    LOG.atInfo()
        .addKeyValue("first", first)
        .addKeyValue("last", last)
        .addKeyValue("duration", (System.nanoTime() - start) / 1_000_000 + "ms")
        .log("WAL checkpoint complete");
  }

  private void writeCheckpoint(int first, int last, long mint) {
    head.metrics.checkpointCreations.inc();
    // A start brings back all that is in the files: what of it was deleted must be known then.
    long lateMint = Math.min(mint, Math.min(head.times.outOfOrder().mint(), head.files.mint()));
    try {
      Checkpoint.create(
          wal.folder(), first, last, this::needed, mint, lateMint, WalCompression.SNAPPY);
    } catch (StorageException e) {
      head.metrics.checkpointCreationsFailed.inc();
      if (e instanceof WalCorruptionException damage) {
        head.metrics.walCorruptions.inc();
        // Else no other attempt would go better: a start that reads a memory snapshot passes over
        // the segment too.
        WalRepair.repair(damage.path().getParent(), damage);
      }
      throw e;
    }
  }

  private boolean needed(long ref) {
    return head.refs.row(ref) >= 0 || removed.isExpired(ref);
  }
}
