package io.narthex.server;

import io.narthex.cli.FlagValues;
import io.narthex.tsdb.compact.CompactionOptions;
import io.narthex.tsdb.compact.UploadedBlocks;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How blocks are compacted, from flags and features. */
final class CompactionSettings {
  private static final Logger LOG = LoggerFactory.getLogger(CompactionSettings.class);

  private CompactionSettings() {}

  static CompactionOptions of(FlagValues flags, Features features) {
    CompactionOptions options =
        CompactionOptions.DEFAULT.withMergingOfOverlaps(
            flags.bool("storage.tsdb.allow-overlapping-compaction"));
    String uploads = flags.text("storage.tsdb.delay-compact-file.path");
    if (!uploads.isEmpty()) {
      LOG.atInfo()
          .addKeyValue("path", uploads)
          .log(
              "Compactions will be delayed for blocks not marked as uploaded in the file tracking"
                  + " uploads");
      options = options.withWaiting(new UploadedBlocks(Path.of(uploads)));
    }
    return features.has("delayed-compaction") ? options.withDelay(delayPercent(flags)) : options;
  }

  private static int delayPercent(FlagValues flags) {
    long given = flags.integer("storage.tsdb.delayed-compaction.max-percent");
    if (given >= 1 && given <= 100) {
      return (int) given;
    }
    LOG.atWarn()
        .addKeyValue("default", CompactionOptions.DEFAULT_DELAY_PERCENT)
        .log(
            "The --storage.tsdb.delayed-compaction.max-percent should have a value between 1 and"
                + " 100. Using default");
    return CompactionOptions.DEFAULT_DELAY_PERCENT;
  }
}
