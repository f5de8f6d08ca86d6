package io.narthex.server;

import io.narthex.cli.FlagValues;
import io.narthex.config.StorageConfig;
import io.narthex.model.time.PromDuration;
import io.narthex.tsdb.DbOptions;
import io.narthex.tsdb.wal.WalCompression;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How the database is kept, from flags and configuration; what the configuration says of retention
 * wins.
 */
record StorageSettings(DbOptions options, Retention retention) {
  private static final long DEFAULT_RETENTION_MILLIS = PromDuration.parseMillis("15d");
  private static final long LARGEST_BLOCK_MILLIS = PromDuration.parseMillis("31d");

  /** What is kept; 0 is without limit. */
  record Retention(long millis, long bytes) {
    static Retention of(FlagValues flags, StorageConfig config) {
      long millis =
          config.retentionTime().isZero()
              ? flags.durationMillis("storage.tsdb.retention.time")
              : config.retentionTime().toMillis();
      long bytes =
          config.retentionSizeBytes() == 0
              ? flags.sizeBytes("storage.tsdb.retention.size")
              : config.retentionSizeBytes();
      return new Retention(millis == 0 && bytes == 0 ? DEFAULT_RETENTION_MILLIS : millis, bytes);
    }

    /** As the status page shows it: {@code 15d or 512MiB}. */
    String text() {
      List<String> limits = new ArrayList<>();
      if (millis > 0) {
        limits.add(PromDuration.format(millis));
      }
      if (bytes > 0) {
        limits.add(binarySize(bytes));
      }
      return String.join(" or ", limits);
    }

    private static String binarySize(long bytes) {
      String[] units = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
      int unit = 0;
      long rest = bytes;
      while (rest >= 1024 && rest % 1024 == 0 && unit < units.length - 1) {
        rest /= 1024;
        unit++;
      }
      return rest + units[unit];
    }
  }

  static StorageSettings of(FlagValues flags, StorageConfig config) {
    Retention retention = Retention.of(flags, config);
    long minBlock = flags.durationMillis("storage.tsdb.min-block-duration");
    DbOptions options =
        DbOptions.of(Path.of(flags.text("storage.tsdb.path")))
            .withLockfile(!flags.bool("storage.tsdb.no-lockfile"))
            .withBlocks(minBlock, Math.max(minBlock, maxBlockMillis(flags, retention)))
            .withRetention(retention.millis(), retention.bytes())
            .withWal(walSegmentBytes(flags), walCompression(flags))
            .withChunks(
                (int) flags.integer("storage.tsdb.samples-per-chunk"), chunkSegmentBytes(flags))
            .withOverlappingCompaction(flags.bool("storage.tsdb.allow-overlapping-compaction"))
            .withOutOfOrderWindow(config.outOfOrderTimeWindow().toMillis())
            .withReload(
                Math.max(1_000, flags.durationMillis("storage.tsdb.block-reload-interval")));
    return new StorageSettings(options, retention);
  }

  /** How many exemplars are kept: none without the feature, whatever is configured. */
  static long maxExemplars(Features features, StorageConfig config) {
    return features.has("exemplar-storage")
        ? config.maxExemplars().orElse(StorageConfig.DEFAULT_MAX_EXEMPLARS)
        : 0;
  }

  static long maxBlockMillis(FlagValues flags, Retention retention) {
    long given = flags.durationMillis("storage.tsdb.max-block-duration");
    if (given > 0) {
      return given;
    }
    return retention.millis() > 0
        ? Math.min(LARGEST_BLOCK_MILLIS, retention.millis() / 10)
        : LARGEST_BLOCK_MILLIS;
  }

  private static int walSegmentBytes(FlagValues flags) {
    long given = flags.sizeBytes("storage.tsdb.wal-segment-size");
    if (given != 0 && (given < 10L << 20 || given > 256L << 20)) {
      throw new io.narthex.cli.UsageException(
          "flag 'storage.tsdb.wal-segment-size' must be set between 10MB and 256MB");
    }
    return given == 0 ? 128 << 20 : (int) given;
  }

  private static long chunkSegmentBytes(FlagValues flags) {
    long given = flags.sizeBytes("storage.tsdb.max-block-chunk-segment-size");
    return given == 0 ? 512L << 20 : given;
  }

  private static WalCompression walCompression(FlagValues flags) {
    if (!flags.bool("storage.tsdb.wal-compression")) {
      return WalCompression.NONE;
    }
    return flags.text("storage.tsdb.wal-compression-type").equals("zstd")
        ? WalCompression.ZSTD
        : WalCompression.SNAPPY;
  }
}
