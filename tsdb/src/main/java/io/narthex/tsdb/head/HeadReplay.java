package io.narthex.tsdb.head;

import io.narthex.storage.StorageException;
import io.narthex.tsdb.encoding.DecodeException;
import io.narthex.tsdb.wal.Checkpoint;
import io.narthex.tsdb.wal.ReadAhead;
import io.narthex.tsdb.wal.SegmentGaps;
import io.narthex.tsdb.wal.WalCorruptionException;
import io.narthex.tsdb.wal.WalPosition;
import io.narthex.tsdb.wal.WalReader;
import io.narthex.tsdb.wal.WalRepair;
import io.narthex.tsdb.wal.WalSegments;
import io.narthex.tsdb.wal.WalWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills a head from disk: full chunks from the head chunk files, then series and samples from the
 * newest checkpoint and the segments after it. Samples that the chunks have already are passed
 * over.
 *
 * <p>Meanwhile appenders create series and log batches, from a segment on that was started for
 * them. These segments are read last, the rest of them under the commit lock; then batches go to
 * rows too. So rows get samples in the order of the log, as they would after a crash.
 */
public final class HeadReplay {
  private static final Logger LOG = LoggerFactory.getLogger(HeadReplay.class);

  /** So little of the log may be read while commits wait. */
  private static final long LITTLE_BYTES = 64 << 10;

  private static final int MAX_ROUNDS = 100;

  private final Head head;
  private final WalWriter wal;
  private final Path walFolder;
  private final ReplayStatus progress;
  private final MappedChunkLists mapped;
  private final ReplayTally tally = new ReplayTally();
  private final ReplayedLate late;
  private final OutOfOrderReplay outOfOrder;
  private final ReplayedRecords records;
  private final PostingsBuilder postings;
  private final Optional<ChunkSnapshot> snapshot;

  /** Where the rest of the log starts; the snapshot has what was before. */
  private WalPosition from = new WalPosition(0, 0);

  /**
   * @param wal all segments before its first are read
   * @param outOfOrderFolder where the out-of-order log is, if there is one
   * @param snapshot what to start from instead of the log's beginning, if there is one
   * @param progress told of each segment
   */
  public HeadReplay(
      Head head,
      WalWriter wal,
      Path outOfOrderFolder,
      Optional<ChunkSnapshot> snapshot,
      ReplayStatus progress) {
    this.head = head;
    this.wal = wal;
    this.walFolder = wal.folder();
    this.progress = progress;
    this.late = new ReplayedLate(head, tally);
    this.outOfOrder = new OutOfOrderReplay(head, outOfOrderFolder, progress);
    this.mapped = new MappedChunkLists(head.fullChunks, head.minValidTime(), outOfOrder);
    this.records = new ReplayedRecords(head, mapped, tally, late);
    this.postings = new PostingsBuilder(head);
    this.snapshot = snapshot;
  }

  /** Replays everything; a damaged segment is cut where the damage starts. */
  public void run() {
    long start = System.nanoTime();
    // Samples of damaged files are in the log only.
    boolean whole = mapped.load(head.files, head.metrics);
    long mappedNanos = System.nanoTime() - start;
    LOG.atInfo()
        .addKeyValue("duration", seconds(mappedNanos))
        .addKeyValue("chunks", mapped.count())
        .log("On-disk memory mappable chunks replay completed");
    postings.start();
    try {
      int after = whole && loadSnapshot() ? from.segment() - 1 : replayCheckpoint();
      int firstOwn = wal.firstSegment();
      replaySegments(after, firstOwn);
      dropOrphans();
      outOfOrder.run();
      catchUp(new WalPosition(firstOwn, 0), start);
    } finally {
      postings.stop();
    }
    LOG.atInfo()
        .addKeyValue("samples", tally.samples)
        .addKeyValue("series", head.counts().series())
        .addKeyValue("total_replay_duration", seconds(System.nanoTime() - start))
        .log("WAL replay completed");
  }

  private boolean loadSnapshot() {
    if (snapshot.isEmpty()
        || !new ReplayedSnapshot(head, records, tally, postings, progress).load(snapshot.get())) {
      return false;
    }
    from = snapshot.get().end();
    return true;
  }

  private int replayCheckpoint() {
    Optional<Checkpoint> checkpoint = Checkpoint.latest(walFolder);
    if (checkpoint.isEmpty()) {
      return -1;
    }
    Path folder = checkpoint.get().folder();
    head.metrics.walCorruptions.add((long) SegmentGaps.close(checkpoint.get()));
    for (int segment : WalSegments.list(folder)) {
      replaySegment(folder, segment);
    }
    LOG.atInfo().addKeyValue("path", folder).log("WAL checkpoint loaded");
    return checkpoint.get().segment();
  }

  private void replaySegments(int after, int before) {
    head.metrics.walCorruptions.add((long) SegmentGaps.close(walFolder, after + 1));
    List<Integer> segments =
        WalSegments.list(walFolder).stream().filter(n -> n > after && n < before).toList();
    if (segments.isEmpty()) {
      return;
    }
    progress.range(segments.getFirst(), segments.getLast());
    int ofReplays = head.seriesRefs.unmergedFrom();
    for (int segment : segments) {
      if (segment >= ofReplays) {
        late.begin();
      }
      long start = System.nanoTime();
      progress.current(segment);
      replaySegment(walFolder, segment);
      LOG.atInfo()
          .addKeyValue("segment", segment)
          .addKeyValue("maxSegment", segments.getLast())
          .addKeyValue("duration", seconds(System.nanoTime() - start))
          .log("WAL segment loaded");
    }
  }

  private void replaySegment(Path folder, int segment) {
    WalPosition start = segment == from.segment() ? from : new WalPosition(segment, 0);
    WalPosition end = new WalPosition(segment, Long.MAX_VALUE);
    try (ReadAhead reader = new ReadAhead(WalReader.between(folder, start, end))) {
      readAll(reader);
    } catch (WalCorruptionException damage) {
      head.metrics.walCorruptions.inc();
      LOG.atWarn()
          .addKeyValue("err", damage.getMessage())
          .log("Encountered WAL read error, attempting repair");
      WalRepair.repair(folder, damage);
    }
  }

  /** Reads what was logged since the start, while more of it comes. */
  private void catchUp(WalPosition start, long startNanos) {
    late.begin();
    ReferenceMerge merge = new ReferenceMerge(head, wal);
    WalPosition done = start;
    WalPosition end = wal.position();
    for (int round = 0; round < MAX_ROUNDS && !isLittle(done, end); round++) {
      read(done, end);
      done = end;
      end = wal.position();
    }
    head.commitLock.lock();
    try {
      read(done, wal.position());
      postings.finish();
      head.removeEmpty(tally.evicted(), wal.currentSegment());
      tally.finish(head);
      late.finish();
      head.metrics.replaySeconds.set((System.nanoTime() - startNanos) / 1e9);
      merge.endSegments();
      head.replayed();
    } finally {
      head.commitLock.unlock();
    }
    merge.run();
  }

  private static boolean isLittle(WalPosition from, WalPosition to) {
    return from.segment() == to.segment() && to.offset() - from.offset() <= LITTLE_BYTES;
  }

  private void read(WalPosition from, WalPosition to) {
    try (ReadAhead reader = new ReadAhead(WalReader.between(walFolder, from, to))) {
      readAll(reader);
    }
  }

  private void readAll(ReadAhead reader) {
    while (reader.next()) {
      if (progress.cancelled()) {
        throw new StorageException("closed while the log was being replayed");
      }
      try {
        records.record(reader.record(), reader.offset(), reader.length());
        postings.wake();
      } catch (DecodeException e) {
        throw reader.corrupted("record cannot be decoded: " + e.getMessage());
      }
    }
  }

  private void dropOrphans() {
    long orphans = mapped.dropRest();
    if (orphans > 0) {
      LOG.atWarn()
          .addKeyValue("chunks", orphans)
          .log("Head chunks belong to series that the log does not know");
    }
  }

  private static String seconds(long nanos) {
    return nanos / 1_000_000 / 1e3 + "s";
  }
}
