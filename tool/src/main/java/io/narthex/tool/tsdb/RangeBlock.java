package io.narthex.tool.tsdb;

import io.narthex.model.labels.Labels;
import io.narthex.storage.AppendResult;
import io.narthex.storage.Appender;
import io.narthex.tool.ToolException;
import io.narthex.tsdb.BlockBuilder;
import io.narthex.tsdb.block.BlockMeta;
import java.nio.file.Path;
import java.util.Optional;

/** The block of one range of time while samples come. */
final class RangeBlock implements AutoCloseable {
  /**
   * So many samples are committed at once: what is refused depends on it as it does in promtool.
   */
  private static final int BATCH = 5_000;

  private final long range;
  private final BlockBuilder builder;
  private Appender appender;
  private int pending;
  private long accepted;
  private Labels labels = Labels.EMPTY;
  private long ref;

  /**
   * @param range the number of the range from 1970 on
   */
  RangeBlock(Path database, long range, long rangeMillis) {
    this.range = range;
    // Twice the range, so that samples of the whole range may come in any order of series.
    builder =
        BlockBuilder.create(
            database, Path.of(System.getProperty("java.io.tmpdir")), 2 * rangeMillis);
    appender = builder.appender();
  }

  long range() {
    return range;
  }

  void add(Labels of, long t, double value) {
    if (!labels.equals(of)) {
      ref = appender.series(of);
      labels = of;
    }
    AppendResult result = appender.append(ref, t, value);
    if (result != AppendResult.OK) {
      throw new ToolException(
          "block creation: process blocks: add sample: "
              + result.message()
              + (result == AppendResult.DUPLICATE_TIMESTAMP ? " " + t : ""));
    }
    accepted++;
    if (++pending == BATCH) {
      if (Thread.currentThread().isInterrupted()) {
        throw new ToolException("interrupted");
      }
      appender.commit();
      appender = builder.appender();
      pending = 0;
    }
  }

  /** Writes the block; empty where it has no samples. */
  Optional<BlockMeta> finish() {
    appender.commit();
    return builder.finish();
  }

  /** What to say of samples that did not make it into the block, which were accepted at first. */
  Optional<String> dropped(Optional<BlockMeta> block) {
    long written = block.map(meta -> meta.stats().samples()).orElse(0L);
    if (written == accepted) {
      return Optional.empty();
    }
    return Optional.of(
        (accepted - written)
            + " of "
            + accepted
            + " samples are left out, for an earlier line of their series has the same time or a"
            + " later one");
  }

  @Override
  public void close() {
    appender.close();
    builder.close();
  }
}
