package io.narthex.tsdb.compact;

import io.narthex.tsdb.block.Block;
import io.narthex.tsdb.block.BlockMeta;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Decides which blocks to merge, and merges them. */
public final class LeveledCompactor {
  public LeveledCompactor(Path databaseFolder, List<Long> rangesMillis) {
    throw new UnsupportedOperationException();
  }

  /** The ranges {@code first}, 3·{@code first}, … up to {@code largest}, milliseconds. */
  public static List<Long> ranges(long firstMillis, long largestMillis) {
    throw new UnsupportedOperationException();
  }

  /** The blocks to merge next, out of all that exist; empty where there is nothing to do. */
  public List<BlockMeta> plan(List<BlockMeta> blocks) {
    throw new UnsupportedOperationException();
  }

  /**
   * Writes one block with the samples of all parents that are not deleted.
   *
   * @return empty where no sample is left: the parents can go without a replacement
   */
  public Optional<BlockMeta> compact(List<Block> parents) {
    throw new UnsupportedOperationException();
  }
}
