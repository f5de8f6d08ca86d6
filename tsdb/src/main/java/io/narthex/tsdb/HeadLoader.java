package io.narthex.tsdb;

import io.narthex.storage.StorageException;
import io.narthex.tsdb.chunk.HeadChunkFiles;
import io.narthex.tsdb.encoding.CorruptionException;
import io.narthex.tsdb.head.ChunkSnapshot;
import io.narthex.tsdb.head.ChunkSnapshotWriter;
import io.narthex.tsdb.head.Head;
import io.narthex.tsdb.head.HeadMetrics;
import io.narthex.tsdb.head.HeadOptions;
import io.narthex.tsdb.head.HeadReplay;
import io.narthex.tsdb.head.ReplayStatus;
import io.narthex.tsdb.head.SampleFormat;
import io.narthex.tsdb.wal.SegmentGaps;
import io.narthex.tsdb.wal.SeriesIdBound;
import io.narthex.tsdb.wal.WalMetrics;
import io.narthex.tsdb.wal.WalSegments;
import io.narthex.tsdb.wal.WalWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what a directory has of the newest samples into memory: first {@link #open}, from where on
 * batches are logged, then {@link #replay}. Both by one thread.
 */
final class HeadLoader {
  private static final Logger LOG = LoggerFactory.getLogger(HeadLoader.class);

  private final DbOptions options;
  private final HeadMetrics metrics;
  private final WalMetrics walMetrics;

  private final ReplayStatus status;

  /** Whether no files of head chunks had to be deleted. */
  private boolean headChunksWhole = true;

  /**
   * @param status told how far the replay is; it can be cancelled by it
   */
  HeadLoader(DbOptions options, HeadMetrics metrics, WalMetrics walMetrics, ReplayStatus status) {
    this.options = options;
    this.metrics = metrics;
    this.walMetrics = walMetrics;
    this.status = status;
  }

  /** A head and the log that it writes to. */
  record Opened(Head head, WalWriter log) {}

  /**
   * A head that logs and has no samples yet.
   *
   * @param minValidTime older samples are in blocks
   */
  Opened open(SampleFormat format, long minValidTime) {
    HeadChunkFiles files = openHeadChunks(options.directory().resolve("chunks_head"));
    HeadOptions headOptions =
        new HeadOptions(
            options.minBlockMillis(), options.samplesPerChunk(), format, options.zeroSamples());
    Head head = new Head(headOptions, files, metrics);
    head.exemplars().resize(options.maxExemplars());
    try {
      head.minValidTime(minValidTime);
      return new Opened(head, openLog(head, options.directory().resolve("wal")));
    } catch (RuntimeException e) {
      head.close();
      throw e;
    }
  }

  /** From here on batches are logged, to a segment of their own. */
  private WalWriter openLog(Head head, Path folder) {
    int newest = WalSegments.list(folder).stream().reduce(-1, (_, segment) -> segment);
    metrics.logDamaged(SegmentGaps.atEnd(folder, newest));
    long bound = SeriesIdBound.of(folder, newest);
    WalWriter log =
        WalWriter.open(folder, options.walSegmentBytes(), options.walCompression(), walMetrics);
    head.log(log, bound);
    return log;
  }

  /** Damaged files are deleted, since the log has their samples as well. */
  private HeadChunkFiles openHeadChunks(Path folder) {
    try {
      return HeadChunkFiles.open(folder);
    } catch (CorruptionException damage) {
      headChunksWhole = false;
      metrics.headChunksDamaged();
      LOG.atWarn()
          .addKeyValue("err", damage.getMessage())
          .log("Opening on-disk chunks failed: the damaged file and later ones are deleted");
      HeadChunkFiles.deleteFrom(folder, damage);
      return HeadChunkFiles.open(folder);
    }
  }

  /**
   * Reads what the logs have from before.
   *
   * @param outOfOrderFolder of the out-of-order log
   */
  void replay(Opened opened, Path outOfOrderFolder) {
    WalWriter log = opened.log();
    new HeadReplay(opened.head(), log, outOfOrderFolder, memorySnapshot(log), status).run();
  }

  private Optional<ChunkSnapshot> memorySnapshot(WalWriter log) {
    return options.memorySnapshot() && headChunksWhole
        ? ChunkSnapshot.forReplay(options.directory(), log)
        : Optional.empty();
  }

  /** To be called when the head is closed. A failure costs only time at the next start. */
  void writeMemorySnapshot(Head head) {
    if (!options.memorySnapshot()) {
      return;
    }
    try {
      ChunkSnapshotWriter.write(head, options.directory(), options.walCompression());
    } catch (StorageException e) {
      LOG.atError().addKeyValue("err", e.getMessage()).log("chunk snapshot failed");
    }
  }
}
