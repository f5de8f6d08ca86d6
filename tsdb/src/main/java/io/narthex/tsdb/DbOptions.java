package io.narthex.tsdb;

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
 * @param retentionMillis how long blocks are kept, 0 for ever
 * @param retentionBytes how much disk blocks and logs may take, 0 for any amount
 * @param walSegmentBytes size of a log segment
 * @param walCompression how records of the log are compressed
 * @param samplesPerChunk how many samples a chunk should get
 * @param chunkSegmentBytes size of a chunk file of a block
 * @param overlappingCompaction whether blocks that overlap are merged
 * @param reloadMillis how often blocks are looked for, and work for compaction
 * @param maxExemplars how many exemplars are kept in memory, 0 for none
 * @param outOfOrderWindowMillis how much older than the newest sample of the head a sample may be
 */
public record DbOptions(
    Path directory,
    boolean lockfile,
    long minBlockMillis,
    long maxBlockMillis,
    long retentionMillis,
    long retentionBytes,
    int walSegmentBytes,
    WalCompression walCompression,
    int samplesPerChunk,
    long chunkSegmentBytes,
    boolean overlappingCompaction,
    long reloadMillis,
    long maxExemplars,
    long outOfOrderWindowMillis) {
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
        15 * 24 * HOUR,
        0,
        128 << 20,
        WalCompression.SNAPPY,
        120,
        512L << 20,
        true,
        60_000,
        0,
        0);
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

  public DbOptions withRetention(long millis, long bytes) {
    Draft draft = new Draft(this);
    draft.retentionMillis = millis;
    draft.retentionBytes = bytes;
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

  /** Whether blocks that overlap are merged. */
  public DbOptions withOverlappingCompaction(boolean value) {
    Draft draft = new Draft(this);
    draft.overlappingCompaction = value;
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

  /** A copy that can be changed field by field. */
  private static final class Draft {
    private Path directory;
    private boolean lockfile;
    private long minBlockMillis;
    private long maxBlockMillis;
    private long retentionMillis;
    private long retentionBytes;
    private int walSegmentBytes;
    private WalCompression walCompression;
    private int samplesPerChunk;
    private long chunkSegmentBytes;
    private boolean overlappingCompaction;
    private long reloadMillis;
    private long maxExemplars;
    private long outOfOrderWindowMillis;

    Draft(DbOptions from) {
      directory = from.directory;
      lockfile = from.lockfile;
      minBlockMillis = from.minBlockMillis;
      maxBlockMillis = from.maxBlockMillis;
      retentionMillis = from.retentionMillis;
      retentionBytes = from.retentionBytes;
      walSegmentBytes = from.walSegmentBytes;
      walCompression = from.walCompression;
      samplesPerChunk = from.samplesPerChunk;
      chunkSegmentBytes = from.chunkSegmentBytes;
      overlappingCompaction = from.overlappingCompaction;
      reloadMillis = from.reloadMillis;
      maxExemplars = from.maxExemplars;
      outOfOrderWindowMillis = from.outOfOrderWindowMillis;
    }

    DbOptions options() {
      return new DbOptions(
          directory,
          lockfile,
          minBlockMillis,
          maxBlockMillis,
          retentionMillis,
          retentionBytes,
          walSegmentBytes,
          walCompression,
          samplesPerChunk,
          chunkSegmentBytes,
          overlappingCompaction,
          reloadMillis,
          maxExemplars,
          outOfOrderWindowMillis);
    }
  }
}
