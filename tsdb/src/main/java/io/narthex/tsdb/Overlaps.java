package io.narthex.tsdb;

import io.narthex.tsdb.block.Block;
import io.narthex.tsdb.block.BlockMeta;
import java.util.ArrayList;
import java.util.List;

/** Says which blocks have times in common. */
final class Overlaps {
  private static final int MOST = 10;

  private Overlaps() {}

  /** One line on the first such blocks, ascending in time; empty where there are none. */
  static String describe(List<Block> sorted) {
    List<String> found = new ArrayList<>();
    for (int i = 1; i < sorted.size() && found.size() < MOST; i++) {
      BlockMeta block = sorted.get(i).meta();
      BlockMeta reaching = furthest(sorted.subList(0, i));
      if (block.minTime() < reaching.maxTime()) {
        found.add(
            "[mint: "
                + block.minTime()
                + ", maxt: "
                + Math.min(block.maxTime(), reaching.maxTime())
                + "]: "
                + reaching.ulid()
                + ", "
                + block.ulid());
      }
    }
    return String.join("; ", found);
  }

  private static BlockMeta furthest(List<Block> blocks) {
    BlockMeta furthest = blocks.getFirst().meta();
    for (Block block : blocks) {
      furthest = block.meta().maxTime() > furthest.maxTime() ? block.meta() : furthest;
    }
    return furthest;
  }
}
