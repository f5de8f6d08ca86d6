package io.narthex.tsdb;

import io.narthex.tsdb.compact.CompactionOptions;
import io.narthex.tsdb.head.SampleFormat;
import io.narthex.tsdb.wal.WalCompression;
import java.nio.file.Path;

/**
 * How a database is kept. Names and defaults follow Prometheus' {@code --storage.tsdb.*} flags; all
 * durations are milliseconds.
 *
 * @param directory the data directory, created where it does not exist
 * @param lockfile whether to hold {@code lock} in it
 * @param minBlockMillis the range of blocks cut from the head
 * @param maxBlockMillis the largest range that compaction makes
 * @param retention how much is kept
 * @param walSegmentBytes size of a log segment
 * @param walCompression how records of the log are compressed
 * @param samplesPerChunk how many samples a chunk should get
 * @param chunkSegmentBytes size of a chunk file of a block
 * @param compaction what compaction may do
 * @param staleSeriesThreshold share of stale series in the head from which on they are moved to
 *     blocks early; 0 for never
 * @param reloadMillis how often blocks are looked for, and work for compaction
 * @param maxExemplars how many exemplars are kept in memory, 0 for none
 * @param outOfOrderWindowMillis how much older than the newest sample of the head a sample may be
 * @param format in which formats samples are written at first
 * @param zeroSamples whether a sample that says since when it counts has one of zero put there
 * @param memorySnapshot whether the head's memory is written at the end, and read at the start
 */
public record DbOptions(
    Path directory,
    boolean lockfile,
    long minBlockMillis,
    long maxBlockMillis,
    RetentionLimits retention,
    int walSegmentBytes,
    WalCompression walCompression,
    int samplesPerChunk,
    long chunkSegmentBytes,
    CompactionOptions compaction,
    double staleSeriesThreshold,
    long reloadMillis,
    long maxExemplars,
    long outOfOrderWindowMillis,
    SampleFormat format,
    boolean zeroSamples,
    boolean memorySnapshot) {
  private static final long HOUR = 3_600_000L;

  public DbOptions {
    if (minBlockMillis <= 0 || maxBlockMillis < minBlockMillis) {
      throw new IllegalArgumentException(
          "block durations: minimum " + minBlockMillis + " ms, maximum " + maxBlockMillis + " ms");
    }
    if (samplesPerChunk <= 0 || samplesPerChunk > 32_000) {
      throw new IllegalArgumentException("samples per chunk must be 1 to 32000");
    }
  }

  /** Prometheus' defaults: blocks of 2 hours up to 31 days, kept for 15 days. */
  public static DbOptions of(Path directory) {
    return new DbOptions(
        directory,
        true,
        2 * HOUR,
        31 * 24 * HOUR,
        new RetentionLimits(15 * 24 * HOUR, 0, 0),
        128 << 20,
        WalCompression.SNAPPY,
        120,
        512L << 20,
        CompactionOptions.DEFAULT,
        0,
        60_000,
        0,
        0,
        SampleFormat.PLAIN,
        false,
        false);
  }

  public DbOptions withLockfile(boolean value) {
    Draft draft = new Draft(this);
    draft.lockfile = value;
    return draft.options();
  }

  public DbOptions withBlocks(long minMillis, long maxMillis) {
    Draft draft = new Draft(this);
    draft.minBlockMillis = minMillis;
    draft.maxBlockMillis = maxMillis;
    return draft.options();
  }

  public DbOptions withDirectory(Path value) {
    Draft draft = new Draft(this);
    draft.directory = value;
    return draft.options();
  }

  public DbOptions withRetention(long millis, long bytes) {
    return withRetention(new RetentionLimits(millis, bytes, 0));
  }

  public DbOptions withRetention(RetentionLimits limits) {
    Draft draft = new Draft(this);
    draft.retention = limits;
    return draft.options();
  }

  public DbOptions withCompaction(CompactionOptions value) {
    Draft draft = new Draft(this);
    draft.compaction = value;
    return draft.options();
  }

  public DbOptions withStaleSeriesThreshold(double share) {
    Draft draft = new Draft(this);
    draft.staleSeriesThreshold = share;
    return draft.options();
  }

  public DbOptions withWal(int segmentBytes, WalCompression compression) {
    Draft draft = new Draft(this);
    draft.walSegmentBytes = segmentBytes;
    draft.walCompression = compression;
    return draft.options();
  }

  public DbOptions withChunks(int samples, long segmentBytes) {
    Draft draft = new Draft(this);
    draft.samplesPerChunk = samples;
    draft.chunkSegmentBytes = segmentBytes;
    return draft.options();
  }

  public DbOptions withReload(long millis) {
    Draft draft = new Draft(this);
    draft.reloadMillis = millis;
    return draft.options();
  }

  public DbOptions withOutOfOrderWindow(long millis) {
    Draft draft = new Draft(this);
    draft.outOfOrderWindowMillis = Math.max(0, millis);
    return draft.options();
  }

  public DbOptions withMaxExemplars(long value) {
    Draft draft = new Draft(this);
    draft.maxExemplars = value;
    return draft.options();
  }

  public DbOptions withFormat(SampleFormat value) {
    Draft draft = new Draft(this);
    draft.format = value;
    return draft.options();
  }

  public DbOptions withZeroSamples(boolean value) {
    Draft draft = new Draft(this);
    draft.zeroSamples = value;
    return draft.options();
  }

  public DbOptions withMemorySnapshot(boolean value) {
    Draft draft = new Draft(this);
    draft.memorySnapshot = value;
    return draft.options();
  }

  /** A copy that can be changed field by field. */
  private static final class Draft {
    private Path directory;
    private boolean lockfile;
    private long minBlockMillis;
    private long maxBlockMillis;
    private RetentionLimits retention;
    private int walSegmentBytes;
    private WalCompression walCompression;
    private int samplesPerChunk;
    private long chunkSegmentBytes;
    private CompactionOptions compaction;
    private double staleSeriesThreshold;
    private long reloadMillis;
    private long maxExemplars;
    private long outOfOrderWindowMillis;
    private SampleFormat format;
    private boolean zeroSamples;
    private boolean memorySnapshot;

    Draft(DbOptions from) {
      directory = from.directory;
      lockfile = from.lockfile;
      minBlockMillis = from.minBlockMillis;
      maxBlockMillis = from.maxBlockMillis;
      retention = from.retention;
      walSegmentBytes = from.walSegmentBytes;
      walCompression = from.walCompression;
      samplesPerChunk = from.samplesPerChunk;
      chunkSegmentBytes = from.chunkSegmentBytes;
      compaction = from.compaction;
      staleSeriesThreshold = from.staleSeriesThreshold;
      reloadMillis = from.reloadMillis;
      maxExemplars = from.maxExemplars;
      outOfOrderWindowMillis = from.outOfOrderWindowMillis;
      format = from.format;
      zeroSamples = from.zeroSamples;
      memorySnapshot = from.memorySnapshot;
    }

    DbOptions options() {
      return new DbOptions(
          directory,
          lockfile,
          minBlockMillis,
          maxBlockMillis,
          retention,
          walSegmentBytes,
          walCompression,
          samplesPerChunk,
          chunkSegmentBytes,
          compaction,
          staleSeriesThreshold,
          reloadMillis,
          maxExemplars,
          outOfOrderWindowMillis,
          format,
          zeroSamples,
          memorySnapshot);
    }
  }
}
