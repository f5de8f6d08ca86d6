package io.narthex.server;

import io.narthex.cli.FlagValues;
import io.narthex.config.StorageConfig;
import io.narthex.model.time.PromDuration;
import io.narthex.model.value.GoFloat;
import io.narthex.storage.StorageException;
import io.narthex.tsdb.DbOptions;
import io.narthex.tsdb.FileSystemSize;
import io.narthex.tsdb.RetentionLimits;
import io.narthex.tsdb.chunk.ChunkEncoding;
import io.narthex.tsdb.chunk.ChunkFormat;
import io.narthex.tsdb.head.SampleFormat;
import io.narthex.tsdb.wal.WalCompression;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the database is kept, from flags and configuration; what the configuration says of retention
 * wins.
 */
record StorageSettings(DbOptions options, Retention retention) {
  private static final Logger LOG = LoggerFactory.getLogger(StorageSettings.class);
  private static final long DEFAULT_RETENTION_MILLIS = PromDuration.parseMillis("15d");
  private static final long LARGEST_BLOCK_MILLIS = PromDuration.parseMillis("31d");

  /** What is kept; 0 is without limit. */
  record Retention(long millis, long bytes, double percentage) {
    /** What the configuration says where it says something of retention, else the flags. */
    static Retention of(FlagValues flags, StorageConfig config) {
      if (config.hasRetention()) {
        return new Retention(
            config.retentionTime().toMillis(),
            config.retentionSizeBytes(),
            config.retentionPercentage());
      }
      long millis = flags.durationMillis("storage.tsdb.retention.time");
      long bytes = flags.sizeBytes("storage.tsdb.retention.size");
      return new Retention(millis == 0 && bytes == 0 ? DEFAULT_RETENTION_MILLIS : millis, bytes, 0);
    }

    RetentionLimits limits() {
      return new RetentionLimits(millis, bytes, percentage);
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
      if (percentage > 0) {
        limits.add(GoFloat.shortest(percentage) + "%");
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

  static StorageSettings of(FlagValues flags, Features features, StorageConfig config) {
    Retention retention = Retention.of(flags, config);
    checkPercentage(flags, retention);
    long minBlock = flags.durationMillis("storage.tsdb.min-block-duration");
    DbOptions options =
        DbOptions.of(Path.of(flags.text("storage.tsdb.path")))
            .withLockfile(!flags.bool("storage.tsdb.no-lockfile"))
            .withBlocks(minBlock, Math.max(minBlock, maxBlockMillis(flags, retention)))
            .withRetention(retention.limits())
            .withCompaction(CompactionSettings.of(flags, features))
            .withStaleSeriesThreshold(config.staleSeriesCompactionThreshold())
            .withWal(walSegmentBytes(flags), walCompression(flags))
            .withChunks(
                (int) flags.integer("storage.tsdb.samples-per-chunk"), chunkSegmentBytes(flags))
            .withFormat(format(features, config))
            .withZeroSamples(features.has(Features.CREATED_ZEROS))
            .withOutOfOrderWindow(config.outOfOrderTimeWindow().toMillis())
            .withMemorySnapshot(features.has("memory-snapshot-on-shutdown"))
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

  private static SampleFormat format(Features features, StorageConfig config) {
    ChunkEncoding byFlag = features.has("xor2-encoding") ? ChunkEncoding.XOR2 : ChunkEncoding.XOR;
    ChunkFormat chunks =
        new ChunkFormat(
            floatEncoding(features, config, byFlag), features.has("histograms-st-encoding"));
    return new SampleFormat(chunks, features.has(Features.ST_STORAGE));
  }

  /**
   * How floats are to be encoded.
   *
   * @param otherwise where the configuration does not say
   * @throws StorageException where that cannot keep the start times that are to be stored
   */
  static ChunkEncoding floatEncoding(
      Features features, StorageConfig config, ChunkEncoding otherwise) {
    ChunkEncoding encoding =
        switch (config.floatChunkEncoding()) {
          case "xor" -> ChunkEncoding.XOR;
          case "xor2" -> ChunkEncoding.XOR2;
          default -> otherwise;
        };
    if (encoding == ChunkEncoding.XOR && features.has(Features.ST_STORAGE)) {
      throw new StorageException(
          "float chunk encoding \"xor\" is incompatible with start-timestamp storage; XOR chunks do"
              + " not store start timestamps, use \"xor2\"");
    }
    return encoding;
  }

  private static void checkPercentage(FlagValues flags, Retention retention) {
    if (retention.percentage() == 0) {
      return;
    }
    if (retention.bytes() > 0) {
      LOG.warn(
          "storage.tsdb.retention.size is ignored, because storage.tsdb.retention.percentage is"
              + " specified");
    }
    String path = flags.text("storage.tsdb.path");
    if (FileSystemSize.of(Path.of(path)) == 0) {
      throw new StorageException(
          "unable to detect total capacity of metric storage at "
              + path
              + ", please disable retention percentage ("
              + GoFloat.shortest(retention.percentage())
              + "%)");
    }
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
