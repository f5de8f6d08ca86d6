package io.narthex.tsdb.torture;

import io.narthex.tsdb.DbOptions;
import io.narthex.tsdb.wal.WalCompression;
import java.nio.file.Path;
import java.util.Random;

/**
 * How the database of a run is kept: small, so that all machinery runs often.
 *
 * @param window of samples out of order, milliseconds
 */
record Settings(
    int samplesPerChunk, int segmentBytes, WalCompression compression, int maxBlocks, long window) {
  static final long BLOCK = 60_000;

  static Settings random(Random random) {
    return new Settings(
        5 + random.nextInt(40),
        32 * 1024 * (1 + random.nextInt(4)),
        WalCompression.values()[random.nextInt(WalCompression.values().length)],
        random.nextBoolean() ? 9 : 27,
        random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(300_000));
  }

  DbOptions options(Path folder) {
    return DbOptions.of(folder)
        .withBlocks(BLOCK, maxBlocks * BLOCK)
        .withRetention(0, 0)
        .withReload(3_600_000)
        .withWal(segmentBytes, compression)
        .withOutOfOrderWindow(window)
        .withChunks(samplesPerChunk, 512 << 20);
  }
}
